export const de = {
  title: 'Aufbewahrungssperren',
  lead:
    'Kunden, deren Daten noch für einen Rechtsanspruch nötig sind, werden nicht anonymisiert (Art. 17 Abs. 3 ' +
    'Buchst. e DSGVO).',
  find: 'Sperre anzeigen',
  customer: 'Kunde {{number}}',
  inForce: 'Es besteht eine Aufbewahrungssperre: Der Kunde kann nicht anonymisiert werden.',
  notInForce: 'Es besteht keine Aufbewahrungssperre.',
  anonymized: 'Der Kunde wurde am {{time}} anonymisiert; eine Sperre ist nicht mehr möglich.',
  reason: 'Grund',
  reasonWhat: 'Erscheint im Protokoll und beim Kunden',
  reasons: {
    LITIGATION: 'Rechtsstreit',
    CLAIM: 'Anspruch des Kunden oder gegen ihn',
    AUTHORITY: 'Behördliches Verfahren',
    TAX_AUDIT: 'Steuerprüfung',
    OTHER: 'Anderer Grund',
  },
  set: 'Sperre setzen',
  setTitle: 'Aufbewahrungssperre setzen?',
  setWhat: 'Kunde {{number}} kann nicht anonymisiert werden, bis die Sperre aufgehoben wird. Grund: {{reason}}.',
  lift: 'Sperre aufheben',
  liftTitle: 'Aufbewahrungssperre aufheben?',
  liftWhat: 'Kunde {{number}} kann danach anonymisiert werden, sobald es keinen anderen Hinderungsgrund gibt.',
};
