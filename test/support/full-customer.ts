import type { Client } from 'pg';
import { CANARY, CANARY_BIRTH_DATE, CANARY_NUMBER } from './canary';
import { Records } from './records';

/** A customer with a row in every table, in which each identifying column has a globally unique value. */
export interface FullCustomer {
  readonly id: string;
  readonly customerNumber: string;
  /** values that must not be readable after the customer is anonymized */
  readonly tokens: readonly string[];
  /** texts that are kept, although they name the customer */
  readonly keptTexts: readonly string[];
}

/**
 * Inserts a customer with every kind of record and nothing that blocks. `key` makes the values unique; letters only, so
 * that they read as names.
 */
export async function fullCustomer(client: Client, key: string, relativeId?: string): Promise<FullCustomer> {
  const records = new Records(client);
  const tokens: string[] = [];
  const token = (name: string) => {
    const value = `${name}${CANARY}${key}`;
    tokens.push(value);
    return value;
  };
  const address = (name: string) => {
    const value = `${name}${CANARY}${key}@example.org`.toLowerCase();
    tokens.push(value);
    return value;
  };
  const digits = [...key].map((letter) => String(letter.charCodeAt(0))).join('');
  const number = (prefix: string) => {
    const value = `${prefix}${CANARY_NUMBER}${digits}`;
    tokens.push(value);
    return value;
  };
  const customerNumber = `K-${key}`;
  const firstName = token('Vorname');
  const lastName = token('Nachname');
  const street = `${token('Strasse')} 12`;
  const email = address('mail');
  const iban = number('DE44');
  const phone = number('0711');
  const memberNumber = number('M');
  const cardNumber = number('C');
  const id = await records.customer({
    customer_number: customerNumber,
    salutation: token('Anrede'),
    title: token('Titel'),
    first_name: firstName,
    last_name: lastName,
    birth_name: token('Geburtsname'),
    company_name: token('Firma'),
    birth_date: CANARY_BIRTH_DATE,
    gender: token('Geschlecht'),
    email,
    phone,
    mobile: number('0171'),
    note: token('Kundennotiz'),
    physician: token('Arzt'),
  });
  const of = { customer_id: id };
  await records.insert('customer_search', { ...of, terms: ` ${token('Suchwort')}`, name: token('Suchname') });
  await records.insert('former_identity', {
    ...of,
    first_name: token('Vornamefrueher'),
    last_name: token('Nachnamefrueher'),
    birth_name: token('Geburtsnamefrueher'),
    company_name: token('Firmafrueher'),
    birth_date: CANARY_BIRTH_DATE,
    email: address('mailfrueher'),
    phone: number('0791'),
    mobile: number('0172'),
  });
  await records.insert('address', {
    ...of,
    street,
    postal_code: token('PLZ'),
    city: token('Stadt'),
    country: token('Land'),
    addressee: token('Adressat'),
    phone: number('0721'),
  });
  await records.insert('address', { ...of, type: 'DELIVERY', street: token('Lieferstrasse') });
  if (relativeId !== undefined) {
    await records.insert('relationship', { ...of, related_customer_id: relativeId, kind: token('Beziehung') });
    await records.insert('relationship', {
      customer_id: relativeId,
      related_customer_id: id,
      kind: token('Gegenbeziehung'),
    });
  }
  const bearer = { ...of, cost_bearer_id: await records.insert('cost_bearer') };
  await records.insert('cost_bearer_membership', {
    ...bearer,
    member_number: memberNumber,
    insured_status: token('Versichertenstatus'),
    main_insured_person: token('Hauptversicherter'),
  });
  await records.insert('health_insurance_card', {
    ...bearer,
    insured_number: number('V'),
    card_holder: token('Karteninhaber'),
  });
  await records.insert('marketing_consent', of);
  const caseId = await records.insert('care_case', { ...of, title: token('Vorgang'), note: token('Vorgangsnotiz') });
  const itemId = await records.insert('stock_item', {
    ...of,
    owner: 'CUSTOMER',
    article: `Hoersystem fuer ${lastName}`,
    owner_name: `${firstName} ${lastName}`,
    status: 'AT_CUSTOMER',
  });
  await records.insert('device_loan', {
    ...of,
    stock_item_id: itemId,
    resolution: 'RETURNED',
    resolved_on: '2020-02-01',
    note: token('Leihnotiz'),
  });
  await records.insert('bank_account', {
    ...of,
    account_holder: token('Kontoinhaber'),
    iban,
    bic: token('BIC'),
    bank_name: token('Bank'),
    mandate_reference: number('MANDAT'),
  });
  const recipient = {
    recipient_name: `${firstName} ${lastName}`,
    recipient_address: token('Rechnungsanschrift'),
    remark: token('Bemerkung'),
  };
  const keptTexts = [`Hoersystem${key}`, `Wartung${key}`];
  for (const issuedOn of ['2012-05-01', '2024-05-01']) {
    const invoice = { ...recipient, issued_on: issuedOn, care_case_id: caseId };
    const line = {
      article: `Hoersystem${key} fuer ${firstName.toUpperCase()}`,
      text: `Anpassung Herr ${lastName}, ${street}, Tel. ${phone}, ${email}, geb. 29.02.1948, Mitglied ${memberNumber}`,
    };
    const invoiceId = await records.paidInvoice(id, invoice, [line]);
    await records.insert('payment', {
      ...of,
      invoice_id: invoiceId,
      kind: 'PAYMENT',
      amount: 0,
      payer_name: token('Zahler'),
      iban,
      reference: token('Zweck'),
    });
  }
  const draftId = await records.insert('invoice', { ...of, ...recipient, status: 'DRAFT', issued_on: null });
  await records.insert('invoice_line', { ...of, invoice_id: draftId, text: token('Entwurfszeile') });
  await records.insert('payment', {
    ...of,
    invoice_id: draftId,
    kind: 'PAYMENT',
    amount: 0,
    payer_name: token('Anzahler'),
  });
  await records.insert('quote', { ...of, ...recipient });
  await records.insert('receipt', { ...of, customer_name: lastName });
  await records.insert('service_contract', { ...of, title: `Wartung${key} ${lastName}`, note: token('Vertragsnotiz') });
  await records.insert('service_contract', { ...of, status: 'DRAFT', title: token('Vertragsentwurf') });
  const programId = await records.insert('loyalty_program');
  const cardId = await records.insert('customer_card', { ...of, number: cardNumber, invalidated_on: '2020-03-01' });
  await records.insert('program_enrollment', {
    ...of,
    program_id: programId,
    card_id: cardId,
    voucher_number: number('G'),
  });
  await records.insert('loyalty_transaction', { ...of, program_id: programId, card_number: cardNumber });
  await records.insert('archive_document', { ...of, title: token('Brief'), file_name: token('brief') });
  await records.insert('archive_document', {
    ...of,
    retention_class: 'MEDICAL_DEVICE',
    retention_until: '2030-12-31',
    type: `Protokoll für ${firstName} ${lastName}`,
    title: token('Protokoll'),
    file_name: token('protokoll'),
  });
  await records.insert('selection_member', { ...of, selection_id: await records.insert('selection') });
  return { id, customerNumber, tokens, keptTexts };
}
