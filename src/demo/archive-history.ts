import { germanDate } from './calendar';
import { type Customer, fullName, homeLine, indexName } from './customer';
import type { DemoRun } from './demo-run';
import { pdfPage } from './pdf-page';
import { asciiSlug, traceOf } from './spelling';

const DOCUMENTS = [
  { type: 'INVITATION', name: 'Einladung Hörtest', retentionClass: 'NONE', extension: '.txt' },
  { type: 'CORRESPONDENCE', name: 'Schreiben Kostenträger', retentionClass: 'BUSINESS_LETTER', extension: '.txt' },
  { type: 'INVOICE_COPY', name: 'Rechnungskopie', retentionClass: 'VOUCHER', extension: '.pdf' },
  { type: 'FITTING_RECORD', name: 'Anpassprotokoll', retentionClass: 'MEDICAL_DEVICE', extension: '.txt' },
  { type: 'CONSENT_FORM', name: 'Einwilligung Werbung', retentionClass: 'NONE', extension: '.pdf' },
] as const;

/** One to three archived documents for about a third of the customers. */
export function writeArchive(run: DemoRun, customer: Customer): void {
  const { random, folder, numbers } = run;
  if (!random.happens(0.3)) return;
  random.times(1, 3, () => {
    const { type, name, retentionClass, extension } = random.one(DOCUMENTS);
    const createdOn = random.date(customer.knownFrom, customer.knownTo);
    const lines = [
      `Hörwelt & Optik Muster, ${customer.branch.name}`,
      `${name} vom ${germanDate(createdOn)}`,
      fullName(customer),
      homeLine(customer) ?? 'ohne Anschrift',
      `Kundennummer ${customer.number}, ${traceOf(random, customer)}`,
    ];
    const file = `${numbers.digits('document', 6)}${extension}`;
    folder.add('archive_documents', {
      customer_number: customer.number,
      type,
      title: `${name} ${indexName(customer)}`,
      file_name: `${asciiSlug(indexName(customer))}-${createdOn}${extension}`,
      retention_class: retentionClass,
      created_on: createdOn,
      file: folder.addDocument(file, extension === '.pdf' ? pdfPage(lines) : `${lines.join('\n')}\n`),
    });
  });
}
