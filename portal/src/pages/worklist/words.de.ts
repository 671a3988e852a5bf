export const de = {
  title: 'Wiedervorlage',
  lead: 'Gesperrte Kunden aus Läufen, nach dem Tag, ab dem die Anonymisierung möglich sein kann.',
  confirmed:
    'Kein Kunde wird automatisch anonymisiert: Eine Administratorin oder ein Administrator bestätigt jeden Fall.',
  from: 'Frühestens ab',
  to: 'Frühestens bis',
  dated: 'Mit einem Datum erscheinen nur Kunden, für die ein Tag feststeht.',
  list: 'Gesperrte Kunden nach frühestem Tag',
  empty: 'Keine Kunden auf der Liste.',
  earliest: 'Möglich ab',
  ready: 'bereit',
  act: 'muss geklärt werden',
  blockers: 'Hinderungsgründe',
  none: 'Keine mehr',
  judgedOn: 'Geprüft am',
  open: 'Kunde {{number}} anonymisieren',
};
