package test;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;

/** AspectJ changes the method itself: every call sees its cache. */
@EnableCaching(mode = EnableCaching.Mode.ASPECTJ)
class Woven {
  @Cacheable("prices")
  long price(String article) {
    return article.length();
  }

  long twice(String article) {
    return 2 * price(article);
  }
}
