/** German texts for the English statements of the data map and the record of processing. A test finds missing ones. */
export const STATEMENTS: Readonly<Record<string, string>> = {
  // why a column is treated as it is
  'the row is erased': 'der Datensatz wird gelöscht',
  'key, reference or technical value': 'Schlüssel, Verweis oder technischer Wert',
  'no ground to keep it': 'kein Grund zur Aufbewahrung',
  'the transaction in which it was entered, with its lines':
    'die Transaktion, in der er erfasst wurde, mit seinen Positionen',
  'the transaction': 'die Transaktion',
  'ids and hashes of entries': 'Kennungen und Hashes von Einträgen',
  'ids of customers, until the transaction that wrote them commits':
    'Kennungen von Kunden, bis die Transaktion abgeschlossen ist',
  'an instant': 'ein Zeitpunkt',
  'names of modules': 'Namen von Modulen',
  'a readable stub remains': 'ein lesbarer Rest bleibt',
  '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year':
    '§ 147 AO, § 14b UStG: 8 Jahre ab dem Ende des Kalenderjahres',
  '§ 147 AO, § 257 HGB: 6 years from the end of the calendar year':
    '§ 147 AO, § 257 HGB: 6 Jahre ab dem Ende des Kalenderjahres',
  '§ 9 MPDG: 10 years, traceability of medical devices': '§ 9 MPDG: 10 Jahre, Rückverfolgbarkeit von Medizinprodukten',
  'open quotes are ended': 'offene Angebote werden beendet',
  'identifies a number series': 'benennt einen Nummernkreis',
  'counts documents': 'zählt Belege',
  "number of members who are named in the selection's name": 'zählt Mitglieder, die der Name der Selektion nennt',
  'table, column and id of the record that failed': 'Tabelle, Feld und Kennung des Datensatzes mit dem Fehler',
  'describes a program': 'beschreibt ein Kundenprogramm',
  'statistics, not traceable once the last voucher is purged':
    'Statistik, nicht mehr zuzuordnen, sobald der letzte Buchungsbeleg gelöscht ist',
  'statutory period of the retention class': 'gesetzliche Frist der Aufbewahrungsklasse',
  "key from a merge; NULL: the customer's own key of the class":
    'Schlüssel aus einer Zusammenführung; leer: der eigene der Aufbewahrungsklasse',
  'from a merge: opens only the documents that came with it, never a new one':
    'aus einer Zusammenführung: öffnet nur die übernommenen Dokumente, nie ein neues',
  'public key': 'öffentlicher Schlüssel',
  'a random key, encrypted': 'ein zufälliger Schlüssel, verschlüsselt',
  'name of the selection': 'Name der Selektion',
  'statistics per cost bearer': 'Statistik je Kostenträger',
  'Art. 5(2) GDPR: accountability for holds': 'Art. 5 Abs. 2 DSGVO: Rechenschaft über Aufbewahrungssperren',
  'printed on vouchers, tells stubs apart; not traceable once the last voucher is purged':
    'steht auf Belegen und unterscheidet die verbliebenen Datensätze; nicht mehr zuzuordnen, sobald der letzte ' +
    'Buchungsbeleg gelöscht ist',
  'statistics per branch': 'Statistik je Filiale',
  'increases with every change, for If-Match': 'steigt mit jeder Änderung, für If-Match',
  statistics: 'Statistik',
  'names an employee': 'benennt einen Mitarbeiter',
  'names an employee; part of the label': 'benennt einen Mitarbeiter; Teil des Vermerks der Anonymisierung',
  permission: 'Berechtigung',
  'argon2id hash of the password': 'Argon2id-Hash des Kennworts',
  'SHA-256 of the cookie value': 'SHA-256 des Cookie-Werts',
  'when the password was last entered': 'wann das Kennwort zuletzt eingegeben wurde',
  'identifies a branch': 'benennt eine Filiale',
  'identifies a cost bearer': 'benennt einen Kostenträger',

  // why rows of a table are deleted, or what other data it contains
  'every bank account': 'jede Bankverbindung',
  'part of a draft invoice': 'Teil eines Rechnungsentwurfs',
  'a draft is not a tax record': 'ein Entwurf ist kein Beleg',
  'a draft is not a contract': 'ein Entwurf ist kein Vertrag',
  'last retention day of the copies that it opens; NULL: sealed before each day had its own envelope':
    'letzter Aufbewahrungstag der Kopien, die er öffnet; leer: versiegelt, bevor es für jeden Tag einen eigenen gab',
  'encrypted contents without a document, and when they were found':
    'verschlüsselte Inhalte ohne Dokument, und wann sie gefunden wurden',
  'the last number of each document series': 'die letzte Nummer jedes Nummernkreises',
  'programs of the chain; program_enrollment holds the participants':
    'Kundenprogramme der Kette; die Teilnehmer stehen in program_enrollment',
  'every customer card': 'jede Kundenkarte',
  'no law requires documents of class NONE to be kept': 'keine Aufbewahrungspflicht für Dokumente der Klasse NONE',
  'deleted with the documents of class NONE': 'wird mit den Dokumenten der Klasse NONE gelöscht',
  'keys sealed to the offline identity; archive_document and archive_key hold the customer':
    'für die Offline-Identität versiegelte Schlüssel; der Kunde steht in archive_document und archive_key',
  'membership of every selection': 'Mitgliedschaft in jeder Selektion',
  'a saved list; selection_member holds its customers':
    'eine gespeicherte Liste; ihre Kunden stehen in selection_member',
  'derived from the customer, for the search': 'aus dem Kunden abgeleitet, für die Suche',
  'needed only to find former names in free text': 'nur nötig, um Namen im Freitext zu finden',
  'every address, not only the default one': 'jede Adresse, nicht nur die Standardadresse',
  'every relationship, in both directions': 'jede Beziehung, in beide Richtungen',
  'every health insurance card': 'jede Krankenkassenkarte',
  'every consent to advertising': 'jede Einwilligung in Werbung',
  'operational data with customer ids and numbers only': 'für den Betrieb: nennt Kunden nur mit Kennung und Nummer',
  'operational data with customer ids only': 'für den Betrieb: nennt Kunden nur mit Kennung',
  'operational data: outcome and ids of a response': 'für den Betrieb: Ergebnis und Kennungen einer Antwort',
  'operational data: ids of contents to delete': 'für den Betrieb: Kennungen zu löschender Inhalte',
  'audit log: ids, codes, counts and dates, and the label, which a replay needs':
    'das Protokoll: Kennungen, Codes, Anzahlen und Daten, und der Vermerk der Anonymisierung, der nach einer ' +
    'Wiederherstellung gebraucht wird',
  'ids of entries': 'Kennungen von Einträgen',
  'hashes of entries': 'Hashwerte von Einträgen',
  'signed checkpoints of the log': 'signierte Stände des Protokolls',
  'epochs of the ledger: when each sequencer took over': 'Epochen des Löschbuchs: wann welcher Schreiber begonnen hat',
  'fingerprints of the keys that the database depends on':
    'Fingerabdrücke der Schlüssel, von denen die Datenbank abhängt',
  'employees of the chain, who remain accountable for their actions and are never deleted':
    'Mitarbeiter der Kette, die für ihre Handlungen verantwortlich sind und nie gelöscht werden',
  'employees of the chain who are logged in with a browser': 'Mitarbeiter der Kette, die im Browser angemeldet sind',
  'branches of the chain': 'Filialen der Kette',
  'health insurers and other payers; cost_bearer_membership holds their members':
    'Krankenkassen und andere Kostenträger; ihre Mitglieder stehen in cost_bearer_membership',

  // purposes and data subjects
  'master data of customers and their cost bearers': 'Stammdaten der Kunden und ihrer Kostenträger',
  'consents to advertising': 'Einwilligungen in Werbung',
  'legal holds': 'Aufbewahrungssperren',
  'quotes, invoices, payments and till receipts': 'Angebote, Rechnungen, Zahlungen und Kassenbons',
  'service contracts': 'Serviceverträge',
  'care cases': 'Vorgänge',
  'trial and loaner devices': 'Probe- und Leihgeräte',
  'traceability of medical devices': 'Rückverfolgbarkeit von Medizinprodukten',
  'customer cards and loyalty programs': 'Kundenkarten und Kundenprogramme',
  'documents that were printed for customers or scanned': 'Dokumente, die für Kunden gedruckt oder eingescannt wurden',
  'sealed documents that the law requires to be kept': 'versiegelte Dokumente, die gesetzlich aufzubewahren sind',
  'saved lists of customers': 'gespeicherte Kundenlisten',
  'anonymization of customers, with a proof for each': 'Anonymisierung von Kunden, mit einem Nachweis für jeden',
  'accountability: who did what, and when': 'Rechenschaft: wer wann was getan hat',
  'logins and permissions': 'Anmeldungen und Berechtigungen',
  customers: 'Kunden',
  employees: 'Mitarbeiter',
  'main insured persons, physicians, card holders and addressees named in a record':
    'Hauptversicherte, Ärzte, Karteninhaber und Empfänger, die in einem Datensatz genannt sind',
  'payers, recipients and account holders named in a record':
    'Zahler, Empfänger und Kontoinhaber, die in einem Datensatz genannt sind',
  'persons named in a document': 'Personen, die in einem Dokument genannt sind',

  // security measures, and what the controller adds
  'permissions by role, denied by default; every refusal is audited':
    'Berechtigungen nach Rolle, standardmäßig keine; jede Verweigerung steht im Protokoll',
  'archived documents are encrypted, with a key for each customer and retention class':
    'archivierte Dokumente sind verschlüsselt, mit einem Schlüssel je Kunde und Aufbewahrungsklasse',
  'documents that are retained after an anonymization are sealed to a key that is kept offline':
    'Dokumente, die nach einer Anonymisierung aufbewahrt werden, sind für einen Schlüssel versiegelt, der offline ' +
    'liegt',
  'the database refuses every change to an anonymized customer':
    'die Datenbank selbst lehnt jede Änderung an einem anonymisierten Kunden ab',
  'an append-only audit log, with signed checkpoints outside of the database':
    'ein Protokoll, das nur ergänzt werden kann und dessen signierte Stände außerhalb der Datenbank liegen',
  'no personal values of customers in logs, error messages, URLs or metrics':
    'keine persönlichen Werte von Kunden in Logs, Fehlermeldungen, URLs oder Metriken',
  'name and contact details of the controller and of the data protection officer':
    'Name und Kontaktdaten des Verantwortlichen und des Datenschutzbeauftragten',
  'recipients of data outside of the product, and transfers to third countries':
    'Empfänger, an die Daten außerhalb des Produkts weitergegeben werden, und Übermittlungen in Drittländer',
};
