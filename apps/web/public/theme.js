/* global document */
// Runs before the first paint, which a module cannot: a page that was set to dark must not flash in white.
// src/ui/theme.ts writes what is read here.
try {
  var theme = localStorage.getItem('innkeeper.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden: then the page looks as the system does.
}
