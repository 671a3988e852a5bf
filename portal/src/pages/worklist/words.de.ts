export const de = {
  title: 'Wiedervorlage',
  lead: 'Gesperrte Kunden aus Läufen, nach dem Tag, ab dem die Anonymisierung möglich sein kann.',
  confirmed:
    'Kein Kunde wird automatisch anonymisiert: Eine Administratorin oder ein Administrator bestätigt jeden Fall.',
  from: 'Frühester Tag von',
  to: 'Frühester Tag bis',
  dated: 'Mit Datum werden nur Kunden angezeigt, für die ein Tag feststeht.',
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
