/** Keys of the texts for the grounds of the data map, `ground.<name>`. */
export const GROUNDS: Readonly<Record<string, string>> = {
  '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year': 'voucher',
  '§ 147 AO, § 257 HGB: 6 years from the end of the calendar year': 'businessLetter',
  '§ 9 MPDG: 10 years, traceability of medical devices': 'medicalDevice',
  'statutory period of the retention class': 'retentionClass',
  'statistics, not traceable once the last voucher is purged': 'untraceableStatistics',
  'not traceable once the last voucher is purged': 'untraceable',
  statistics: 'statistics',
  'statistics per branch': 'perBranch',
  'statistics per cost bearer': 'perCostBearer',
  'printed on vouchers, tells stubs apart': 'customerNumber',
  'number that was given out with a personal value in it (§ 146(4) AO)': 'namedNumber',
  'Art. 5(2) GDPR: accountability for holds': 'holds',
};
