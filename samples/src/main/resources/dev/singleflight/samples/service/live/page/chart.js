// Draws what is seen over time into an SVG element, at the size it has.

const NS = 'http://www.w3.org/2000/svg';
const LEFT = 54;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** A scale from 0 up to what is nice and not less than the greatest value. */
export function linear(greatest) {
  const step = niceStep(Math.max(greatest, 10) / 4);
  const top = step * Math.ceil(Math.max(greatest, 10) / step);
  const ticks = [];
  for (let value = 0; value <= top; value += step) {
    ticks.push({ value, words: value.toLocaleString('en') });
  }
  return { ticks, part: (value) => value / top };
}

/** A logarithmic scale of milliseconds, from one to ten seconds. */
export function ofMillis() {
  const ticks = [[1, '1 ms'], [10, '10 ms'], [100, '100 ms'], [1000, '1 s'], [10000, '10 s']]
    .map(([value, words]) => ({ value, words }));
  return {
    ticks,
    part: (value) => Math.log10(Math.min(Math.max(value, 1), 10000)) / 4,
  };
}

/** Draws bars, each as wide as the time since the one before. */
export function bars(svg, seconds, scale, points) {
  const plot = frame(svg, seconds, scale);
  let before = 0;
  for (const [until, value] of points) {
    const x = plot.x(before);
    const y = plot.y(value);
    plot.add('rect', {
      class: 'bar', x, y, width: Math.max(plot.x(until) - x - 1, 1), height: plot.y(0) - y,
    });
    before = until;
  }
}

/** Draws lines, each of a class of its own. */
export function lines(svg, seconds, scale, series) {
  const plot = frame(svg, seconds, scale);
  for (const { name, points } of series) {
    if (points.length > 0) {
      const d = points.map(([until, value]) => `${plot.x(until)} ${plot.y(value)}`).join('L');
      plot.add('path', { class: name, d: `M${d}` });
    }
  }
}

function frame(svg, seconds, scale) {
  const { width, height } = svg.getBoundingClientRect();
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.replaceChildren();
  const right = width - RIGHT;
  const bottom = height - BOTTOM;
  const x = (second) => round(LEFT + Math.min(second / seconds, 1) * (right - LEFT));
  const y = (value) => round(bottom - scale.part(value) * (bottom - TOP));
  const add = (name, attributes, text) => {
    const element = document.createElementNS(NS, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    if (text !== undefined) {
      element.textContent = text;
    }
    svg.append(element);
  };
  for (const { value, words } of scale.ticks) {
    const at = y(value);
    add('line', { class: 'grid', x1: LEFT, x2: right, y1: at, y2: at });
    add('text', { x: LEFT - 6, y: at + 4, 'text-anchor': 'end' }, words);
  }
  const step = niceStep(seconds / 6);
  for (let second = 0; second <= seconds; second += step) {
    add('text', { x: x(second), y: height - 6, 'text-anchor': second === 0 ? 'start' : 'middle' },
      second === 0 ? '0 s' : second);
  }
  add('line', { class: 'axis', x1: LEFT, x2: right, y1: bottom, y2: bottom });
  return { x, y, add };
}

/** The least of 1, 2, 5, 10, 20, … that is not less. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? 10 * power;
}

function round(number) {
  return Math.round(number * 10) / 10;
}
