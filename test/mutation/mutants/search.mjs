/** The search for customers, and the duplicate check. */
const statements = 'src/modules/customer/queries/search-customers/search-statements.ts';
const handler = 'src/modules/customer/queries/search-customers/search-customers.handler.ts';
const duplicates = 'src/modules/customer/queries/find-duplicates/possible-duplicates.ts';
const forms = 'migrations/0022-search-forms.ts';
const SEARCH = ['test/e2e/search.e2e.spec.ts'];
const DUPLICATES = ['test/e2e/duplicates.e2e.spec.ts'];
const VECTORS = ['test/integration/search-vectors.spec.ts'];

export default {
  specs: SEARCH,
  mutants: [
    {
      name: 'customers are found by one of several words',
      file: statements,
      find: 's.terms LIKE ALL (',
      replace: 's.terms LIKE ANY (',
    },
    {
      name: 'customers are found by what stands inside of a word',
      file: statements,
      find: 'const beginning = (word: string) => `% ${escaped(word)}%`;',
      replace: 'const beginning = (word: string) => `%${escaped(word)}%`;',
    },
    {
      name: 'an underline in a typed e-mail address stands for any sign',
      judged: 'the key of an address, which is compared first, reaches to its @; no domain has an underline',
      file: statements,
      find: "word.replace(/[\\\\%_]/g, '\\\\$&')",
      replace: 'word',
    },
    {
      name: 'the customer whose number was typed is one of many',
      file: statements,
      find: 'CASE WHEN customer_id = (SELECT id FROM numbered)\n            OR s.terms',
      replace: 'CASE WHEN s.terms',
    },
    {
      name: 'whoever has the word as a whole last name comes after the beginnings',
      file: statements,
      find: 'LIKE ${patterns(words.map(whole))} THEN 2',
      replace: 'LIKE ${patterns(words.map(whole))} THEN 3',
    },
    {
      name: 'Mc Gregorius is not found as McGregorius',
      file: statements,
      find: 'return words.length > 1 && isLong && !/[\\d@]/.test(together) ? [[together]] : [];',
      replace: 'return [];',
    },
    {
      name: 'An Na finds Anna',
      file: statements,
      find: 'const MIN_JOINED_LETTERS = 6;',
      replace: 'const MIN_JOINED_LETTERS = 3;',
    },
    {
      name: 'a phone number is not found in the groups in which it is stored',
      file: statements,
      find: 'return [groups.slice(0, MAX_WORDS), ...whole];',
      replace: 'return whole;',
    },
    {
      name: 'the pages of a crowd are in no order',
      file: statements,
      find: 'ORDER BY name, customer_id OFFSET $3 LIMIT $4)',
      replace: 'ORDER BY customer_id OFFSET $3 LIMIT $4)',
    },
    {
      name: 'the second page begins where the first did',
      file: handler,
      find: '() => [String(shown + limit)],',
      replace: '() => [String(shown)],',
    },
    {
      name: 'a search shows all customers, page by page',
      file: handler,
      find: 'const left = Math.max(MAX_MATCHES - shown, 0);',
      replace: 'const left = MAX_MATCHES * MAX_MATCHES;',
    },
    {
      name: 'whoever was merged or anonymized gets back into the search',
      file: forms,
      find: 'WHERE c.id = ANY (customer_ids) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL\n',
      replace: 'WHERE c.id = ANY (customer_ids)\n',
    },
    {
      name: 'the numbers of addresses are not found',
      file: forms,
      find: ' || ARRAY(SELECT a.phone FROM address a WHERE a.customer_id = c.id)',
      replace: '',
    },
    {
      name: 'card numbers are not found',
      file: forms,
      find: ' ||\n          ARRAY(SELECT k.number FROM customer_card k WHERE k.customer_id = c.id))',
      replace: ')',
    },
    {
      name: 'birth names are not found',
      file: forms,
      find: 'c.last_name, c.birth_name, c.company_name, c.email,',
      replace: 'c.last_name, c.company_name, c.email,',
    },
    {
      name: 'ae, oe and ue are other letters than the umlauts',
      file: forms,
      find: "SELECT CASE WHEN $1 ~ '[aou]e' THEN",
      replace: "SELECT CASE WHEN $1 ~ '^[aou]e$' THEN",
    },
    {
      name: 'phone numbers of six digits are not known',
      file: forms,
      find: "WHERE length(ltrim(form, '0')) >= 6",
      replace: "WHERE length(ltrim(form, '0')) >= 7",
      specs: VECTORS,
    },
    {
      name: 'a number that lost its plus sign is another number',
      file: forms,
      find: "          WHEN digits ~ '^49[0-9]{9}' THEN ARRAY['0' || substr(digits, 3)]\n",
      replace: '',
      specs: VECTORS,
    },
    {
      name: 'last and first name written together are not known',
      file: forms,
      find: 'search_coarse(last_name || first_name), search_coarse(first_name || last_name));',
      replace: 'search_coarse(first_name || last_name));',
      specs: VECTORS,
    },
    {
      name: 'the second number of a cell is not known',
      file: forms,
      find: "IF cut ~ '[0-9][)]?[ /]+[(]*[0+]' THEN",
      replace: 'IF false THEN',
      specs: VECTORS,
    },
    {
      name: 'somebody of the same name who was born on another day is a duplicate',
      file: duplicates,
      find: '         AND ($4::date IS NULL OR c.birth_date IS NULL OR c.birth_date = $4)\n',
      replace: "         AND ($4::date IS NULL OR $4::date > '1000-01-01')\n",
      specs: DUPLICATES,
    },
    {
      name: 'somebody of the same name whose birthday nobody knows is no duplicate',
      file: duplicates,
      find: '($4::date IS NULL OR c.birth_date IS NULL OR c.birth_date = $4)',
      replace: '($4::date IS NULL OR c.birth_date = $4)',
      specs: DUPLICATES,
    },
    {
      name: 'a customer is a duplicate of itself',
      file: duplicates,
      find: '($3::uuid IS NULL OR c.id <> $3)',
      replace: '($3::uuid IS NULL OR c.id IS NOT NULL)',
      specs: DUPLICATES,
    },
    {
      name: 'a name written together is no duplicate',
      file: duplicates,
      find: 'search_prefixes(s.terms) @> ARRAY[search_key((SELECT together FROM wanted))]',
      replace: 'false',
      specs: DUPLICATES,
    },
    {
      name: 'a last name that holds another first and last name is a duplicate',
      file: duplicates,
      find: "\n             AND search_coarse(translate(s.name, E' \\\\t', '')) = (SELECT together FROM wanted)",
      replace: '',
      specs: DUPLICATES,
    },
    {
      name: 'companies have no duplicates',
      file: duplicates,
      find: "[lastName ?? companyName ?? '',",
      replace: "[lastName ?? '',",
      specs: DUPLICATES,
    },
  ],
};
