/** German texts for the English statements of the data map and the record of processing. A test finds missing ones. */
export const STATEMENTS: Readonly<Record<string, string>> = {
  // why a column is treated as it is
  'the row is erased': 'der Datensatz wird gelöscht',
  'key, reference or technical value': 'Schlüssel, Verweis oder technischer Wert',
  'no ground to keep it': 'kein Grund zur Aufbewahrung',
  'the transaction in which it was entered; its lines were, too':
    'die Transaktion, in der er erfasst wurde, mit seinen Positionen',
  'the transaction': 'die Transaktion',
  'ids and hashes of entries': 'Kennungen und Hashes von Einträgen',
  'ids of customers, until the transaction that wrote them commits':
    'Kennungen von Kunden, bis die Transaktion abgeschlossen ist',
  'an instant': 'ein Zeitpunkt',
  'names of modules': 'Namen von Modulen',
  'a readable stub stays': 'ein lesbarer Rest bleibt',
  '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year':
    '§ 147 AO, § 14b UStG: 8 Jahre ab dem Ende des Kalenderjahres',
  '§ 147 AO, § 257 HGB: 6 years from the end of the calendar year':
    '§ 147 AO, § 257 HGB: 6 Jahre ab dem Ende des Kalenderjahres',
  '§ 9 MPDG: 10 years, traceability of medical devices': '§ 9 MPDG: 10 Jahre, Rückverfolgbarkeit von Medizinprodukten',
  'A9: open quotes are ended': 'A9: offene Angebote werden beendet',
  'names a series': 'benennt einen Nummernkreis',
  'counts documents': 'zählt Belege',
  "counts members whom the selection's name names": 'zählt Mitglieder, die der Name der Selektion nennt',
  'table, column and id of the record in which the failure was noticed':
    'Tabelle, Feld und Kennung des Datensatzes mit dem Fehler',
  'describes a program': 'beschreibt ein Kundenprogramm',
  'statistics, not traceable once the last voucher is purged':
    'Statistik, nicht mehr zuzuordnen, sobald der letzte Buchungsbeleg gelöscht ist',
  'statutory period of the retention class': 'gesetzliche Frist der Aufbewahrungsklasse',
  "key that came with a merge; NULL: the customer's own one of the class":
    'Schlüssel aus einer Zusammenführung; leer: der eigene der Aufbewahrungsklasse',
  'came with a merge: opens documents that came along, never a new one':
    'aus einer Zusammenführung: öffnet nur die übernommenen Dokumente, nie ein neues',
  'public key': 'öffentlicher Schlüssel',
  'a random key, encrypted': 'ein zufälliger Schlüssel, verschlüsselt',
  'name of the list': 'Name der Liste',
  'statistics per cost bearer': 'Statistik je Kostenträger',
  'Art. 5(2) GDPR: accountability for holds': 'Art. 5 Abs. 2 DSGVO: Rechenschaft über Aufbewahrungssperren',
  'printed on vouchers, tells stubs apart; not traceable once the last voucher is purged':
    'steht auf Belegen und unterscheidet die verbliebenen Datensätze; nicht mehr zuzuordnen, sobald der letzte ' +
    'Buchungsbeleg gelöscht ist',
  'statistics per branch': 'Statistik je Filiale',
  'rises with every change, for If-Match': 'steigt mit jeder Änderung, für If-Match',
  statistics: 'Statistik',
  'names a member of staff': 'benennt einen Mitarbeiter',
  'names a member of staff; stands in the label of A1': 'benennt einen Mitarbeiter; Teil der Angabe nach A1',
  permission: 'Berechtigung',
  'argon2id hash of the password': 'Argon2id-Hash des Kennworts',
  'SHA-256 of what the cookie holds': 'SHA-256 des Cookie-Werts',
  'when the password was given last': 'wann das Kennwort zuletzt eingegeben wurde',
  'names a shop': 'benennt eine Filiale',
  'names an insurer': 'benennt einen Kostenträger',

  // why rows of a table are deleted, or what other data it contains
  'A5: every bank account': 'A5: jede Bankverbindung',
  'goes with the draft it stands on': 'wird mit dem Entwurf gelöscht',
  'a draft is no voucher': 'ein Entwurf ist kein Beleg',
  'a draft is no contract': 'ein Entwurf ist kein Vertrag',
  'last day of what it opens; NULL: sealed before there was an envelope for each':
    'letzter Aufbewahrungstag der Kopien, die er öffnet; leer: versiegelt, bevor es für jeden Tag einen eigenen gab',
  'encrypted contents without a document, and since when this is known':
    'verschlüsselte Inhalte ohne Dokument, und seit wann das bekannt ist',
  'the last number of each document series': 'die letzte Nummer jedes Nummernkreises',
  'programs of the chain; program_enrollment holds the participants':
    'Kundenprogramme der Kette; die Teilnehmer stehen in program_enrollment',
  'A6: every customer card': 'A6: jede Kundenkarte',
  'class NONE: nobody must keep it': 'Klasse NONE: keine Aufbewahrungspflicht',
  'the key of class NONE goes with its documents': 'der Schlüssel der Klasse NONE wird mit seinen Dokumenten gelöscht',
  'keys sealed to the offline identity; archive_document and archive_key hold the customer':
    'für die Offline-Identität versiegelte Schlüssel; der Kunde steht in archive_document und archive_key',
  'A13: gone from every selection': 'A13: aus jeder Selektion entfernt',
  'a saved list; selection_member holds its customers':
    'eine gespeicherte Liste; ihre Kunden stehen in selection_member',
  'derived from the customer, for the search': 'aus dem Kunden abgeleitet, für die Suche',
  'only needed to find the names in free text': 'nur nötig, um Namen im Freitext zu finden',
  'A2: every address, not only the default one': 'A2: jede Adresse, nicht nur die Standardadresse',
  'A3: in both directions': 'A3: in beide Richtungen',
  'A6: every health insurance card': 'A6: jede Krankenkassenkarte',
  'A8: every consent to advertising': 'A8: jede Einwilligung in Werbung',
  'operational: names customers by id and number only': 'für den Betrieb: nennt Kunden nur mit Kennung und Nummer',
  'operational: names customers by id only': 'für den Betrieb: nennt Kunden nur mit Kennung',
  'operational: outcome and ids of an answer': 'für den Betrieb: Ergebnis und Kennungen einer Antwort',
  'operational: ids of contents to delete': 'für den Betrieb: Kennungen zu löschender Inhalte',
  'the log: ids, codes, counts and dates; the label of A1 as the one exception, which a replay needs':
    'das Protokoll: Kennungen, Codes, Anzahlen und Daten; einzige Ausnahme ist die Angabe nach A1, die nach einer ' +
    'Wiederherstellung gebraucht wird',
  'ids of entries': 'Kennungen von Einträgen',
  'hashes of entries': 'Hashwerte von Einträgen',
  'signed heads of the log': 'signierte Stände des Protokolls',
  'epochs of the ledger: when which leader of the log began':
    'Epochen des Löschbuchs: wann welcher Schreiber begonnen hat',
  'fingerprints of the keys that the database depends on':
    'Fingerabdrücke der Schlüssel, von denen die Datenbank abhängt',
  'staff of the chain, who answer for what they did and are never deleted':
    'Mitarbeiter der Kette, die für ihre Handlungen verantwortlich sind und nie gelöscht werden',
  'staff of the chain who are logged in with a browser': 'Mitarbeiter der Kette, die im Browser angemeldet sind',
  'shops of the chain': 'Filialen der Kette',
  'health insurers and other payers; cost_bearer_membership holds their members':
    'Krankenkassen und andere Kostenträger; ihre Mitglieder stehen in cost_bearer_membership',

  // purposes and data subjects
  'master record of customers and of their cost bearers': 'Stammdaten der Kunden und ihrer Kostenträger',
  'consents to advertising': 'Einwilligungen in Werbung',
  'legal holds': 'Aufbewahrungssperren',
  'quotes, invoices, payments and till receipts': 'Angebote, Rechnungen, Zahlungen und Kassenbons',
  'service contracts': 'Serviceverträge',
  'care cases': 'Vorgänge',
  'trial and loaner devices': 'Probe- und Leihgeräte',
  'traceability of medical devices': 'Rückverfolgbarkeit von Medizinprodukten',
  'customer cards and loyalty programs': 'Kundenkarten und Kundenprogramme',
  'documents printed for customers or scanned in for them':
    'Dokumente, die für Kunden gedruckt oder eingescannt wurden',
  'sealed documents that the law retains': 'versiegelte Dokumente, die gesetzlich aufzubewahren sind',
  'saved lists of customers': 'gespeicherte Kundenlisten',
  'anonymizing customers, and telling what became of each':
    'Kunden anonymisieren und nachweisen, was aus jedem geworden ist',
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
  'the database itself refuses every change to an anonymized customer':
    'die Datenbank selbst lehnt jede Änderung an einem anonymisierten Kunden ab',
  'append-only audit log, whose signed checkpoints lie apart from the database':
    'ein Protokoll, das nur ergänzt werden kann und dessen signierte Stände außerhalb der Datenbank liegen',
  'no value of a customer in logs, errors, URLs or metrics':
    'kein Wert eines Kunden in Logs, Fehlermeldungen, URLs oder Metriken',
  'name and contact details of the controller and of the data protection officer':
    'Name und Kontaktdaten des Verantwortlichen und des Datenschutzbeauftragten',
  'recipients to whom data are handed outside of the product, and transfers to third countries':
    'Empfänger, an die Daten außerhalb des Produkts weitergegeben werden, und Übermittlungen in Drittländer',
};
