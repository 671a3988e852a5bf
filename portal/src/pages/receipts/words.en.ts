import type { SameWords } from '../../words/same-words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Erasure certificate',
  lead: 'What was erased, replaced, redacted, sealed or kept, with proof.',
  number: 'Customer number',
  find: 'Show certificate',
  unknown: 'No such customer.',
  anonymizedAt: 'Anonymized at',
  reason: 'Reason',
  reference: 'Reference',
  run: 'Run',
  effects: 'What happened',
  entries: 'Entries in the audit log',
  entriesWhat: 'The certificate contains each entry with its inclusion proof: {{numbers}}.',
  checkpoint: 'Signed checkpoint',
  downloadPdf: 'PDF (German)',
  downloadPdfEnglish: 'PDF (English)',
  downloadJson: 'JSON for verification',
  check: 'Verify the certificate without database or network: npm run audit:verify -- --receipt FILE',
  notReady: 'The certificate is not ready yet; the page updates automatically.',
  notAnonymized: 'This customer is not anonymized; there is nothing to prove.',
};
