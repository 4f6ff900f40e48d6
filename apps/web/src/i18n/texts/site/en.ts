export const siteEn = {
  language: 'Language',
  theme: 'Appearance',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  about: 'About and licences',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  again: 'Try again',
  notFetched: 'A part of the page could not be fetched. Check the connection, then open the page again.',
  openAnew: 'Open the page again',
}
