// The sticky banner says how high it is, so that focus and sticky pieces stop below it.

const banner = document.querySelector(".banner");

if (banner) {
  // On a phone the banner itself has no box; its first row is what stays.
  const stays = () => (banner.offsetHeight ? banner : banner.querySelector(".banner__row--identity"));
  const measure = () => {
    document.documentElement.style.setProperty("--banner-height", `${stays()?.offsetHeight ?? 0}px`);
  };
  const watcher = new ResizeObserver(measure);
  watcher.observe(banner);
  for (const row of banner.children) watcher.observe(row);
}
