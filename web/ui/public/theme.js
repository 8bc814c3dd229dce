// Runs before the first paint so that a dark page never flashes white, and before any module so that the
// language attribute is right from the start. A file of its own because the pages allow no inline script.
(function () {
  var root = document.documentElement
  var read = function (key) {
    try {
      return localStorage.getItem(key)
    } catch (e) {
      return null
    }
  }
  var theme = read('yjy.theme')
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-theme', dark ? 'dark' : 'light')
  var lang = read('yjy.lang') || (/^zh/i.test(navigator.language || 'zh') ? 'zh-CN' : 'en')
  root.setAttribute('lang', lang === 'en' ? 'en' : 'zh-CN')
  if (location.pathname === '/') root.setAttribute('data-first', 'home') // index.html paints its first lines at once
})()
