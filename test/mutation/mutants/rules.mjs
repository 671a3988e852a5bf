/** The rules that block an anonymization (docs/concepts.md#rules), and the days on which a blocker clears. */
const finance = 'src/modules/finance/anonymization/finance.blockers.ts';
const groups = 'src/modules/finance/queries/document-groups.queries.ts';
const term = 'src/modules/finance/records/contract-term.ts';
const device = 'src/modules/device/anonymization/device.blockers.ts';
const loyalty = 'src/modules/loyalty/anonymization/loyalty.blockers.ts';
const customer = 'src/modules/customer/anonymization/customer.blockers.ts';
const order = 'src/modules/anonymization/validation/blocker-queries.ts';
const clearance = 'src/modules/anonymization/preview/last-clearance.ts';
const candidates = 'src/modules/runs/queries/candidates.queries.ts';
const worklist = 'src/modules/worklist/worklist.ts';
const worklistQueries = 'src/modules/worklist/queries/worklist.queries.ts';
const WORKLIST = ['test/e2e/worklist.e2e.spec.ts'];

export default {
  specs: ['test/integration/blockers.spec.ts'],
  mutants: [
    {
      name: 'an invoice that is exactly as old as the period is recent',
      file: finance,
      find: 'AND :today < (i.issued_on + :recentInvoiceMonths',
      replace: 'AND :today <= (i.issued_on + :recentInvoiceMonths',
    },
    {
      name: 'months are taken from today and not added to the date of the invoice',
      file: finance,
      find: "AND :today < (i.issued_on + :recentInvoiceMonths * interval '1 month')::date",
      replace: "AND (:today - :recentInvoiceMonths * interval '1 month')::date < i.issued_on",
    },
    {
      name: 'a month has thirty days',
      file: finance,
      find: "    (i.issued_on + :recentInvoiceMonths * interval '1 month')::date\n",
      replace: "    (i.issued_on + :recentInvoiceMonths * interval '30 days')::date\n",
    },
    {
      name: 'an invoice that is credited in part is no longer recent',
      file: finance,
      find: 'i.gross <= (',
      replace: 'i.gross > (',
    },
    {
      name: 'a draft of a credit note makes an invoice old',
      file: finance,
      find: "AND n.credits_id = i.id\n        AND n.status = 'ISSUED')",
      replace: 'AND n.credits_id = i.id)',
    },
    {
      name: 'a credit note over nothing more than its own sum is never recent',
      file: finance,
      find: "AND NOT (i.kind = 'INVOICE' AND i.gross <=",
      replace: "AND i.kind = 'INVOICE' AND NOT (i.gross <=",
    },
    {
      name: 'drafts of invoices are recent',
      file: finance,
      find: "WHERE i.status = 'ISSUED' AND :today <",
      replace: 'WHERE :today <',
    },
    {
      name: 'a balance below zero is none',
      file: finance,
      find: 'HAVING sum(booking.amount) <> 0',
      replace: 'HAVING sum(booking.amount) > 0',
    },
    {
      name: 'a contract that ends today is over',
      file: finance,
      find: 'WHERE c.effective_end >= :today',
      replace: 'WHERE c.effective_end > :today',
    },
    {
      name: 'a contract clears on its last day and not on the day after',
      file: finance,
      find: 'THEN c.effective_end + 1 END',
      replace: 'THEN c.effective_end END',
    },
    {
      name: 'drafts of contracts block',
      file: finance,
      find: "t.customer_id = s.customer_id WHERE t.status = 'SIGNED'",
      replace: 't.customer_id = s.customer_id',
    },
    {
      name: 'a credit note adds to what is owed',
      file: groups,
      find: "CASE i.kind WHEN 'INVOICE' THEN i.gross ELSE -i.gross END",
      replace: 'i.gross',
    },
    {
      name: 'a refund is counted as a payment',
      file: groups,
      find: "CASE p.kind WHEN 'REFUND' THEN p.amount ELSE -p.amount END",
      replace: '-p.amount',
    },
    {
      name: 'a payment of tomorrow settles an invoice today',
      file: groups,
      find: "WHERE i.status = 'ISSUED' AND p.paid_on <= ${today}`;",
      replace: "WHERE i.status = 'ISSUED'`;",
    },
    {
      name: 'a payment of today does not count yet',
      file: groups,
      find: 'p.paid_on <= ${today}',
      replace: 'p.paid_on < ${today}',
    },
    {
      name: 'a credit note is a group of its own beside the invoice that it credits',
      file: groups,
      find: 'SELECT coalesce(i.credits_id, i.id) AS head_id',
      replace: 'SELECT i.id AS head_id',
    },
    {
      name: 'drafts of credit notes settle an invoice',
      file: groups,
      find: "JOIN invoice i ON i.customer_id = s.customer_id WHERE i.status = 'ISSUED'\n",
      replace: 'JOIN invoice i ON i.customer_id = s.customer_id\n',
    },
    {
      name: 'a voided contract runs on',
      file: term,
      find: "  WHEN ${contract}.voided_on IS NOT NULL THEN '-infinity'::date\n",
      replace: '',
    },
    {
      name: 'a contract that renews itself ends on its end date',
      file: term,
      find: "  WHEN ${contract}.auto_renew THEN 'infinity'::date\n",
      replace: '',
    },
    {
      name: 'a contract that renews itself never ends, although it was terminated',
      file: term,
      find: 'WHEN ${contract}.termination_effective_on IS NOT NULL THEN',
      replace: 'WHEN ${contract}.termination_effective_on IS NOT NULL AND NOT ${contract}.auto_renew THEN',
    },
    {
      name: 'a contract without an end is over',
      file: term,
      find: "ELSE coalesce(${contract}.ends_on, 'infinity'::date) END",
      replace: 'ELSE ${contract}.ends_on END',
    },
    {
      name: 'a care case that is cancelled is open',
      file: device,
      find: "NOT IN ('COMPLETED', 'CANCELLED')",
      replace: "NOT IN ('COMPLETED')",
    },
    {
      name: 'a device that comes back tomorrow is back',
      file: device,
      find: 'WHERE l.resolution IS NULL OR l.resolved_on > :today',
      replace: 'WHERE l.resolution IS NULL',
    },
    {
      name: 'a device that came back today is still out',
      file: device,
      find: 'OR l.resolved_on > :today',
      replace: 'OR l.resolved_on >= :today',
    },
    {
      name: 'only trial devices count, no loaners',
      file: device,
      find: 'WHERE l.resolution IS NULL OR',
      replace: "WHERE l.resolution IS NULL AND l.kind = 'TRIAL' OR",
    },
    {
      name: 'a card that was invalidated today blocks',
      file: loyalty,
      find: 'c.invalidated_on > :today',
      replace: 'c.invalidated_on >= :today',
    },
    {
      name: 'a card that will be invalidated one day blocks no longer',
      file: loyalty,
      find: '(c.invalidated_on IS NULL OR c.invalidated_on > :today)',
      replace: 'c.invalidated_on IS NULL',
    },
    {
      name: 'an enrollment that ends today has ended',
      file: loyalty,
      find: 'e.ends_on >= :today',
      replace: 'e.ends_on > :today',
    },
    {
      name: 'a program that ends today has ended',
      file: loyalty,
      find: 'p.ends_on >= :today',
      replace: 'p.ends_on > :today',
    },
    {
      name: 'the card of an archived program blocks for ever',
      file: loyalty,
      find: '\n    AND (p.archived_on IS NULL OR p.archived_on > :today)',
      replace: '',
    },
    {
      name: 'a program that is archived one day counts as archived',
      file: loyalty,
      find: 'AND (p.archived_on IS NULL OR p.archived_on > :today)',
      replace: 'AND p.archived_on IS NULL',
    },
    {
      name: 'of two ends of a card the later one is promised',
      file: loyalty,
      find: 'least(e.ends_on + 1,',
      replace: 'greatest(e.ends_on + 1,',
    },
    {
      name: 'any card blocks whoever is enrolled in some program',
      file: loyalty,
      find: ' AND c.id = e.card_id',
      replace: '',
    },
    {
      name: 'a lifted legal hold holds on',
      file: customer,
      find: '\n  WHERE h.lifted_at IS NULL',
      replace: '',
    },
    {
      name: 'a merged customer is ready to be anonymized',
      file: customer,
      find: 'WHERE merged.merged_into_id IS NOT NULL',
      replace: 'WHERE merged.merged_into_id IS NULL',
    },
    {
      name: 'the blocker of a merged customer names the source and not the target',
      file: customer,
      find: 'target.id::text AS record_id, target.customer_number AS record_number',
      replace: 'merged.id::text AS record_id, merged.customer_number AS record_number',
    },
    {
      name: 'the rules of the customer module are not asked',
      file: order,
      find: 'const RULES = [financeBlockers, deviceBlockers, loyaltyBlockers, customerBlockers]',
      replace: 'const RULES = [financeBlockers, deviceBlockers, loyaltyBlockers]',
    },
    {
      name: 'blockers come in no order of their dates',
      file: order,
      find: 'code), date, record_number,',
      replace: 'code), record_number,',
    },
    {
      name: 'recent comes before unpaid',
      file: order,
      find: "array_position(ARRAY['${BLOCKER_CODES.join(\"','\")}'], code), date",
      replace: 'code, date',
    },
    {
      name: 'a customer for whom somebody must act is foreseen for a day',
      file: clearance,
      find: 'return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);',
      replace: 'return days.filter((day) => day !== null).toSorted().at(-1) ?? null;',
      specs: ['test/unit/last-clearance.spec.ts'],
    },
    {
      name: 'the first of several days is foreseen and not the last',
      file: clearance,
      find: 'days.toSorted().at(-1)',
      replace: 'days.toSorted().at(0)',
      specs: ['test/unit/last-clearance.spec.ts'],
    },
    {
      name: 'a run freezes whoever is blocked as ready',
      file: candidates,
      find: "      WHEN blockers IS NOT NULL THEN 'BLOCKED'\n",
      replace: '',
      specs: ['test/e2e/anonymization.e2e.spec.ts'],
    },
    {
      name: 'who becomes ready is judged on the worklist as if still blocked',
      file: worklist,
      find: 'blockers.has(id) ? lastClearance(blockers.get(id)!) : readySince(earliestPossibleOn, today)',
      replace: 'lastClearance(blockers.get(id) ?? [])',
      specs: WORKLIST,
    },
    {
      name: 'the worklist of today is that of the first day',
      file: worklistQueries,
      find: 'WHERE judged_on IS DISTINCT FROM $1',
      replace: 'WHERE judged_on IS NULL',
      specs: WORKLIST,
    },
    {
      name: 'whoever is anonymized stays on the worklist until the next day',
      file: worklistQueries,
      find: '  WHERE b.judged_on IS NOT NULL AND ${IS_OPEN}\n',
      replace: '  WHERE b.judged_on IS NOT NULL\n',
      specs: WORKLIST,
    },
    {
      name: 'the last day of a range of the worklist is left out',
      file: worklistQueries,
      find: 'b.earliest_possible_on <= $2',
      replace: 'b.earliest_possible_on < $2',
      specs: WORKLIST,
    },
  ],
};
