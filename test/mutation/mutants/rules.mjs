/** The five rules and the legal hold (domain section 6). */
export default {
  specs: ['test/integration/blockers.spec.ts'],
  mutants: [
    {
      name: 'an invoice that is exactly as old as the period is recent',
      file: 'src/modules/finance/anonymization/finance.blockers.ts',
      find: 'AND :today < (i.issued_on + :recentInvoiceMonths',
      replace: 'AND :today <= (i.issued_on + :recentInvoiceMonths',
    },
    {
      name: 'an invoice that is credited in part is no longer recent',
      file: 'src/modules/finance/anonymization/finance.blockers.ts',
      find: 'i.gross <= (',
      replace: 'i.gross > (',
    },
    {
      name: 'a balance below zero is none',
      file: 'src/modules/finance/anonymization/finance.blockers.ts',
      find: 'HAVING sum(booking.amount) <> 0',
      replace: 'HAVING sum(booking.amount) > 0',
    },
  ],
};
