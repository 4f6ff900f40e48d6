/* global document, location, window, HTMLScriptElement */
// What a visitor reads while the page's own code is on its way for long, or cannot be had: without this, nothing at all.
// A script of its own, and not a module, so that it stands when none of them does. It knows its words by itself.
{
  const texts = {
    en: {
      slow: 'The page is on its way. On a slow line this takes a moment.',
      failed: 'The page could not be opened. Check the connection, then open it again.',
      again: 'Open the page again',
    },
    pt: {
      slow: 'A página está a caminho. Em uma conexão lenta, isso leva um momento.',
      failed: 'Não foi possível abrir a página. Confira a conexão e abra de novo.',
      again: 'Abrir a página de novo',
    },
    ru: {
      slow: 'Страница в пути. При слабой связи это займёт немного времени.',
      failed: 'Страницу не удалось открыть. Проверьте связь и откройте её заново.',
      again: 'Открыть страницу заново',
    },
  }
  const slowMs = 4_000
  const screenAgainMs = 15_000
  const app = document.getElementById('app')
  // Vue's own mark on what it has mounted: from then on the page speaks for itself.
  const isOpen = () => app.hasAttribute('data-v-app')

  // The choice that src/i18n/languages.ts keeps, and how it chooses without one.
  const chooseLanguage = () => {
    let kept = null
    try {
      kept = localStorage.getItem('innkeeper.language')
    } catch {
      // Storage may be forbidden.
    }
    const bases = [kept ?? '', ...navigator.languages].map((tag) => tag.toLowerCase().split('-')[0])
    return bases.find((base) => Object.hasOwn(texts, base)) ?? 'en'
  }

  const show = (what) => {
    const language = chooseLanguage()
    const title = document.createElement('h1')
    title.textContent = 'Innkeeper'
    const line = document.createElement('p')
    line.setAttribute('role', what === 'failed' ? 'alert' : 'status')
    line.textContent = texts[language][what]
    const page = document.createElement('main')
    page.lang = language
    // The style sheet may be missing as well.
    Object.assign(page.style, {
      maxWidth: '24rem',
      margin: '20vh auto 0',
      padding: '1.5rem',
      textAlign: 'center',
      textWrap: 'balance',
      fontFamily: 'system-ui, sans-serif',
      lineHeight: '1.5',
    })
    Object.assign(title.style, { margin: '0 0 1rem', fontFamily: 'Georgia, serif', fontSize: '1.75rem' })
    page.append(title, line)
    if (what === 'failed') {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'button button-primary'
      Object.assign(button.style, {
        marginTop: '1.5rem',
        minHeight: '3rem',
        padding: '0 1.125rem',
        fontSize: '1rem',
      })
      button.textContent = texts[language].again
      button.addEventListener('click', () => location.reload())
      page.append(button)
    }
    // What Vue mounts takes its place.
    app.replaceChildren(page)
  }

  const slow = setTimeout(() => isOpen() || show('slow'), slowMs)
  const fail = () => {
    if (isOpen()) return
    clearTimeout(slow)
    show('failed')
    // At a TV is nobody who could tap.
    if (location.pathname.startsWith('/screen'))
      setTimeout(() => isOpen() || location.reload(), screenAgainMs)
  }
  window.addEventListener('unhandledrejection', fail)
  window.addEventListener(
    'error',
    ({ target }) => {
      // A picture that is missing does not keep the page from opening.
      if (target === window || target instanceof HTMLScriptElement) fail()
    },
    true,
  )
}
