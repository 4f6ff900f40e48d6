export const offlineEn = {
  text: 'Offline since {since}. The table as it was at {at}, to look at.',
  newVersion: 'A new version is ready.',
  reload: 'Reload',
  later: 'Later',
}
