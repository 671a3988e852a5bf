import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Receipt of an anonymization',
  lead: 'What was erased, replaced, redacted, sealed or kept, and the proof of it.',
  number: 'Customer number',
  find: 'Show receipt',
  unknown: 'There is no such customer.',
  anonymizedAt: 'Anonymized at',
  reason: 'Reason',
  reference: 'Reference',
  run: 'Run',
  effects: 'What happened',
  entries: 'Entries in the audit log',
  entriesWhat: 'Each entry is in the receipt, with its proof of inclusion: {{numbers}}.',
  checkpoint: 'Signed checkpoint',
  downloadPdf: 'PDF (German)',
  downloadPdfEnglish: 'PDF (English)',
  downloadJson: 'JSON to be checked',
  check: 'The receipt is checked without database or network by: npm run audit:verify -- --receipt FILE',
  notReady: 'The receipt is not ready yet; the page asks again by itself.',
  notAnonymized: 'This customer is not anonymized; there is nothing to prove.',
};
