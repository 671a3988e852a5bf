/** The declarations of the entities about each column: its category and its treatment. */
const CUSTOMER = 'src/modules/customer/entities/customer.entity.ts';
const ADDRESS = 'src/modules/customer/entities/address.entity.ts';
const MEMBERSHIP = 'src/modules/customer/entities/cost-bearer-membership.entity.ts';
const FORMER = 'src/modules/customer/entities/former-identity.entity.ts';
const INVOICE = 'src/modules/finance/entities/invoice.entity.ts';
const LINE = 'src/modules/finance/entities/invoice-line.entity.ts';
const PAYMENT = 'src/modules/finance/entities/payment.entity.ts';
const QUOTE = 'src/modules/finance/entities/quote.entity.ts';
const RECEIPT = 'src/modules/finance/entities/receipt.entity.ts';
const CONTRACT = 'src/modules/finance/entities/service-contract.entity.ts';
const CARE_CASE = 'src/modules/device/entities/care-case.entity.ts';
const LOAN = 'src/modules/device/entities/device-loan.entity.ts';
const STOCK = 'src/modules/device/entities/stock-item.entity.ts';
const ENROLLMENT = 'src/modules/loyalty/entities/program-enrollment.entity.ts';
const DOCUMENT = 'src/modules/archive/entities/archive-document.entity.ts';
const KEY = 'src/modules/archive/entities/archive-key.entity.ts';
const VOCABULARY = 'src/kernel/personal-data.ts';

const sealed = { specs: ['test/integration/sealed-copies.spec.ts'] };
const folders = { specs: ['test/integration/redacted-folders.spec.ts'] };
const named = { specs: ['test/integration/named-records.spec.ts'] };

/** Changes the data map's rule for a column. */
const declared = (name, file, property, rule, instead) => ({
  name,
  file,
  find: `@TextColumn(${rule}) ${property}?`,
  replace: `@TextColumn(${instead}) ${property}?`,
});

export default {
  specs: ['test/architecture/data-map.spec.ts', 'test/e2e/whole-database.e2e.spec.ts'],
  mutants: [
    {
      name: 'the birth date stays in texts',
      file: CUSTOMER,
      find: "@DateColumn(Erase('IDENTITY', 'BIRTH_DATE'))",
      replace: "@DateColumn(Erase('IDENTITY', 'NOBODY'))",
    },
    declared(
      'the mobile number stays in texts',
      CUSTOMER,
      'mobile',
      "Erase('CONTACT', 'PHONE')",
      "Erase('CONTACT', 'NOBODY')",
    ),
    {
      name: 'a name in a customer number is not looked for',
      file: CUSTOMER,
      find: "(KeepNumber('printed on vouchers",
      replace: "(Keep('printed on vouchers",
    },
    {
      name: 'only the residential address is erased',
      file: ADDRESS,
      find: "@EraseRows('every address, not only the default one')",
      replace: "@EraseRows('every address, not only the default one', \"t.type = 'RESIDENTIAL'\")",
    },
    declared(
      'the telephone of an address stays in texts',
      ADDRESS,
      'phone',
      "EraseWithRow('CONTACT', 'PHONE')",
      "EraseWithRow('CONTACT', 'NOBODY')",
    ),
    declared(
      'the addressee stays in texts',
      ADDRESS,
      'addressee',
      "EraseWithRow('IDENTITY')",
      "EraseWithRow('IDENTITY', 'NOBODY')",
    ),
    declared(
      'the member number stays',
      MEMBERSHIP,
      'memberNumber',
      "Erase('HEALTH', 'NUMBER')",
      "Keep('statistics per cost bearer')",
    ),
    {
      name: 'a relationship stays with the relative',
      file: 'src/modules/customer/entities/relationship.entity.ts',
      find: "@OfCustomer('customer_id', 'related_customer_id')",
      replace: "@OfCustomer('customer_id')",
    },
    {
      name: 'consents that hold stay',
      file: 'src/modules/customer/entities/marketing-consent.entity.ts',
      find: "@EraseRows('every consent to advertising')",
      replace: "@EraseRows('every consent to advertising', 't.withdrawn_on IS NOT NULL')",
    },
    {
      name: 'the search finds who is anonymized',
      file: 'src/modules/customer/entities/customer-search.entity.ts',
      find: "@EraseRows('derived from the customer, for the search')",
      replace: "@EraseRows('derived from the customer, for the search', \"t.name = ''\")",
    },
    {
      name: 'a name stays in the reason of a hold',
      file: 'src/modules/customer/entities/legal-hold.entity.ts',
      find: "@Redact('Art. 5(2) GDPR: accountability for holds')",
      replace: "@Keep('Art. 5(2) GDPR: accountability for holds')",
    },
    {
      name: 'drafts stay and issued invoices are erased',
      file: INVOICE,
      find: "@EraseRows('a draft is not a tax record', \"t.status = 'DRAFT'\")",
      replace: "@EraseRows('a draft is not a tax record', \"t.status = 'ISSUED'\")",
    },
    declared(
      'the address of an invoice stays',
      INVOICE,
      'recipientAddress',
      "Erase('CONTACT')",
      'Keep(VOUCHER_PERIOD)',
    ),
    declared(
      'the name on an invoice stays',
      INVOICE,
      'recipientName',
      "Replace('IDENTITY', LABEL)",
      'Keep(VOUCHER_PERIOD)',
    ),
    {
      name: 'names stay in the lines of invoices',
      file: LINE,
      find: '@NoteColumn(Redact(VOUCHER_PERIOD)) text?',
      replace: '@NoteColumn(Keep(VOUCHER_PERIOD)) text?',
    },
    {
      name: 'open quotes stay open',
      file: QUOTE,
      find: "Replace('RECORD', constant('ENDED'), {\n      when: \"t.status = 'OPEN'\",",
      replace: "Replace('RECORD', constant('ENDED'), {\n      when: \"t.status = 'ACCEPTED'\",",
    },
    declared(
      'a till receipt has nobody instead of the label',
      RECEIPT,
      'customerName',
      "Replace('IDENTITY', LABEL)",
      "Replace('IDENTITY', { source: 'CONSTANT', value: '[anonymisiert]' })",
    ),
    {
      name: 'a name stays in the number of a contract',
      file: CONTRACT,
      find: 'NumberColumn(KeepNumberOrSurrogate(BUSINESS_LETTER_PERIOD))',
      replace: 'NumberColumn(Keep(BUSINESS_LETTER_PERIOD))',
      ...named,
    },
    {
      name: 'a void contract is kept from its former end',
      file: CONTRACT,
      find: "startsOn: `coalesce(t.voided_on, ${effectiveEndOf('t')})`,",
      replace: "startsOn: `${effectiveEndOf('t')}`,",
      ...sealed,
    },
    {
      name: 'notes of cases stand in the copies',
      file: CARE_CASE,
      find: "without: ['title', 'note'],",
      replace: "without: ['title'],",
      ...sealed,
    },
    {
      name: 'a case is kept from the day it was opened',
      file: CARE_CASE,
      find: "startsOn: 't.closed_on',",
      replace: "startsOn: 't.opened_on',",
      ...sealed,
    },
    declared(
      "the owner's name stays on a device",
      STOCK,
      'ownerName',
      "Replace('IDENTITY', LABEL)",
      'Keep(MEDICAL_DEVICE_PERIOD)',
    ),
    {
      name: 'an own device is kept from its latest draft',
      file: STOCK,
      find: " AND i.status = 'ISSUED'\n",
      replace: '\n',
      ...sealed,
    },
    declared(
      'the card number of a booking stays in texts',
      'src/modules/loyalty/entities/loyalty-transaction.entity.ts',
      'cardNumber',
      "Erase('FINANCE', 'NUMBER')",
      "Erase('FINANCE')",
    ),
    {
      name: 'a name stays in the type of a document',
      file: DOCUMENT,
      find: '@NameColumn(Redact(RETENTION_PERIOD)',
      replace: '@NameColumn(Keep(RETENTION_PERIOD)',
    },
    {
      name: 'letters that nobody must keep stay',
      file: DOCUMENT,
      find: "@EraseRows('no law requires documents of class NONE to be kept', \"t.retention_class = 'NONE'\")",
      replace: "@EraseRows('no law requires documents of class NONE to be kept', \"t.retention_class = ''\")",
      specs: ['test/e2e/documents.e2e.spec.ts'],
      tests: 'documents of an anonymized customer',
    },
    {
      name: 'the key of erased letters stays',
      file: KEY,
      find: "@EraseRows('deleted with the documents of class NONE', \"t.retention_class = 'NONE'\")",
      replace: "@EraseRows('deleted with the documents of class NONE', \"t.retention_class = ''\")",
      specs: ['test/e2e/documents.e2e.spec.ts', 'test/integration/mutations.spec.ts'],
    },
    {
      name: 'the customer stays on saved selections',
      file: 'src/modules/selection/entities/selection-member.entity.ts',
      find: "@EraseRows('membership of every selection')",
      replace: "@EraseRows('membership of every selection', 't.selection_id < 0')",
    },
    {
      name: 'copied names do not identify',
      file: VOCABULARY,
      find: "  IDENTITY: 'COPIED_NAME',\n",
      replace: '',
      ...folders,
    },
    {
      name: 'contacts in a note do not identify',
      file: VOCABULARY,
      find: "  FREE_TEXT: 'NOTE',\n",
      replace: '',
      ...folders,
    },
    {
      name: 'names of cost bearers count as the customer’s own',
      file: VOCABULARY,
      find: '...(declaration?.namesOfOthers.has(property) ? { namesOthers: true } : {}),',
      replace: '',
      ...folders,
    },
    {
      name: 'a column that nobody classified is kept',
      file: 'src/modules/data-map/data-map.ts',
      find: 'const columnRule = columnRuleOf(entity, column.propertyName);',
      replace:
        "const columnRule = columnRuleOf(entity, column.propertyName) ?? { treatment: 'KEEP' as const, category: 'NOT_PERSONAL' as const, reason: 'a key' };",
      specs: ['test/unit/erasure-statements.spec.ts'],
    },
    {
      name: 'tables of a module are erased in the order of their names',
      file: 'src/modules/finance/entities/index.ts',
      find: '  InvoiceLine,\n  Payment,\n  Invoice,\n  Quote,',
      replace: '  Invoice,\n  InvoiceLine,\n  Payment,\n  Quote,',
    },
    {
      name: 'the proof leaves the loyalty tables out',
      file: 'src/modules/data-map/data-map.ts',
      find: 'return this.tables.filter(isOfCustomer);',
      replace: "return this.tables.filter(isOfCustomer).filter(({ module }) => module !== 'loyalty');",
    },
  ],
};
