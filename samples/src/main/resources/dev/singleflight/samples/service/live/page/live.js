// What the page knows of each subject, how it is told, and how it shows that.

import { bars, lines, linear, ofMillis } from './chart.js';

const form = document.getElementById('crowd');
const status = document.getElementById('status');
const subjects = new Map();

class Run {
  constructor(seconds) {
    this.seconds = seconds;
    this.intervals = [];
    this.total = null;
    this.running = true;
  }
}

class Subject {
  constructor({ name, words, about }) {
    this.name = name;
    this.words = words;
    this.run = null;
    this.panel = addPanel(name, words, about);
    this.row = addRow(name, words);
    this.panel.querySelector('button').addEventListener('click', () => start([name]));
  }

  show(scale) {
    const total = this.run?.total;
    const shown = {
      queries: total ? count(total.queries) : '–',
      requests: total ? count(total.requests) : '–',
      p50: total ? millis(total.p50Millis) : '–',
      p99: total ? millis(total.p99Millis) : '–',
      errors: total ? count(total.errors) : '–',
    };
    for (const [name, words] of Object.entries(shown)) {
      this.row.querySelector(`.${name}`).textContent = words;
      const large = this.panel.querySelector(`dd.${name}`);
      if (large) {
        large.textContent = words;
      }
    }
    this.draw(scale);
  }

  draw({ seconds, queries }) {
    const intervals = this.run?.intervals ?? [];
    const load = this.panel.querySelector('.load');
    const waiting = this.panel.querySelector('.waiting');
    const answered = intervals.filter((interval) => interval.requests > 0);
    const points = (some, name) => some.map((interval) => [interval.until, interval[name]]);
    bars(load, seconds, linear(queries), points(intervals, 'queriesPerSecond'));
    lines(waiting, seconds, ofMillis(), [
      { name: 'p50', points: points(answered, 'p50Millis') },
      { name: 'p99', points: points(answered, 'p99Millis') },
    ]);
    const most = (name) => Math.max(0, ...intervals.map((interval) => interval[name]));
    load.setAttribute('aria-label', intervals.length === 0
      ? 'No stampede yet'
      : `${this.words}: up to ${count(most('queriesPerSecond'))} queries per second`);
    waiting.setAttribute('aria-label', intervals.length === 0
      ? 'No stampede yet'
      : `${this.words}: 99 of 100 requests take up to ${millis(most('p99Millis'))}`);
  }
}

function addPanel(name, words, about) {
  const panel = document.getElementById('panel').content.cloneNode(true).firstElementChild;
  const heading = panel.querySelector('h2');
  heading.textContent = words;
  heading.id = `heading-${name}`;
  panel.id = `panel-${name}`;
  panel.dataset.subject = name;
  panel.setAttribute('aria-labelledby', heading.id);
  panel.style.setProperty('--colour', `var(--${name})`);
  panel.querySelector('.about').textContent = about;
  panel.querySelector('button').setAttribute('aria-label', `Start with ${words}`);
  document.getElementById('panels').append(panel);
  return panel;
}

function addRow(name, words) {
  const row = document.createElement('tr');
  row.id = `row-${name}`;
  row.style.setProperty('--colour', `var(--${name})`);
  const heading = document.createElement('th');
  heading.scope = 'row';
  heading.textContent = words;
  row.append(heading);
  for (const column of ['queries', 'requests', 'p50', 'p99', 'errors']) {
    const cell = document.createElement('td');
    cell.className = column;
    row.append(cell);
  }
  document.getElementById('rows').append(row);
  return row;
}

/** Shows all, to one scale: what is to be compared must not be drawn to scales of its own. */
function show() {
  const all = [...subjects.values()];
  const runs = all.map((subject) => subject.run).filter((run) => run !== null);
  const intervals = runs.flatMap((run) => run.intervals);
  const scale = {
    seconds: Math.max(1, ...runs.map((run) => run.seconds), ...intervals.map(({ until }) => until)),
    queries: Math.max(0, ...intervals.map(({ queriesPerSecond }) => queriesPerSecond)),
  };
  all.forEach((subject) => subject.show(scale));
  const busy = all.some((subject) => subject.run?.running);
  document.querySelectorAll('button').forEach((button) =>
    button.setAttribute('aria-disabled', String(busy)));
}

let scheduled = false;

/** Shows soon, once for all that has come by then. */
function showSoon() {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      show();
    });
  }
}

function say(words, wrong = false) {
  status.textContent = words;
  status.classList.toggle('wrong', wrong);
}

async function start(names) {
  if ([...subjects.values()].some((subject) => subject.run?.running) || !form.reportValidity()) {
    return;
  }
  const { clients, requestsPerSecond, seconds } = form.elements;
  try {
    const answer = await fetch('stampedes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        subjects: names,
        clients: Number(clients.value),
        requestsPerSecond: Number(requestsPerSecond.value),
        seconds: Number(seconds.value),
      }),
    });
    if (!answer.ok) {
      say(await answer.text(), true);
    }
  } catch (failure) {
    say(`The server does not answer: ${failure.message}`, true);
  }
}

function listen() {
  const events = new EventSource('events');
  const on = (name, react) => events.addEventListener(name, (event) => {
    const told = JSON.parse(event.data);
    react(subjects.get(told.subject), told);
    showSoon();
  });
  events.addEventListener('open', () => {
    // All that is kept is told again.
    subjects.forEach((subject) => { subject.run = null; });
    say('Ready. Start a stampede.');
    showSoon();
  });
  events.addEventListener('error', () => say('The server does not answer. Trying again …', true));
  on('started', (subject, { clients, requestsPerSecond, seconds }) => {
    subject.run = new Run(seconds);
    say(`${subject.words}: ${count(clients)} clients send ${count(requestsPerSecond)} requests a second …`);
  });
  on('seen', (subject, seen) => {
    subject.run.intervals.push(seen);
    subject.run.total = seen.soFar;
  });
  on('ended', (subject, { total }) => {
    subject.run.running = false;
    subject.run.total = total;
    say(`${subject.words}: ${count(total.queries)} queries for ${count(total.requests)} requests; `
      + `99 of 100 took at most ${millis(total.p99Millis)}; ${count(total.errors)} errors.`);
  });
  on('failed', (subject, { reason }) => {
    subject.run.running = false;
    say(`${subject.words}: ${reason}`, true);
  });
}

function count(number) {
  return Math.round(number).toLocaleString('en');
}

function millis(number) {
  return number >= 1000
    ? `${(number / 1000).toFixed(1)} s`
    : `${number < 10 ? number.toFixed(1) : Math.round(number)} ms`;
}

const setup = await (await fetch('setup')).json();
document.getElementById('premise').textContent =
  `Everybody asks for the same ${setup.products} products, and each is cached for `
  + `${setup.ttlSeconds} s. `
  + 'When one expires, all who ask for it miss it at the same time. The same service meets the '
  + 'same crowd with each of these caches, and the same pool of connections.';
setup.subjects.forEach((subject) => subjects.set(subject.name, new Subject(subject)));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  start([...subjects.keys()]);
});
new ResizeObserver(showSoon).observe(document.getElementById('panels'));
listen();
