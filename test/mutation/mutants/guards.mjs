/** Access, sessions, request gate, body limits, idempotency and locks. */
const access = 'src/platform/auth/access.guard.ts';
const policies = 'src/platform/auth/authorize.decorator.ts';
const identification = 'src/platform/auth/identification.ts';
const origin = 'src/platform/auth/same-origin.ts';
const cookie = 'src/platform/auth/session-cookie.ts';
const tokens = 'src/platform/auth/access-token.ts';
const known = 'src/platform/auth/known-callers.ts';
const directory = 'src/modules/employee/access/active-employees.ts';
const sessions = 'src/modules/employee/sessions/stored-sessions.ts';
const sessionQueries = 'src/modules/employee/queries/sessions.queries.ts';
const failures = 'src/modules/employee/passwords/failed-attempts.ts';
const credentials = 'src/modules/employee/passwords/credentials.ts';
const logins = 'src/modules/employee/passwords/logins.ts';
const gate = 'src/platform/http/request-gate.ts';
const capacity = 'src/platform/http/capacity.ts';
const limits = 'src/platform/http/body-limits.ts';
const shape = 'src/platform/http/body-shape.ts';
const pipe = 'src/platform/http/validation.pipe.ts';
const form = 'src/platform/http/request-form.middleware.ts';
const answers = 'src/platform/http/idempotency/idempotent-answers.ts';
const key = 'src/platform/http/idempotency/idempotency-key.ts';
const act = 'src/modules/runs/commands/anonymize-customer/anonymize-customer.handler.ts';
const actRoute = 'src/modules/runs/commands/anonymize-customer/anonymize-customer.controller.ts';
const saga = 'src/modules/anonymization/saga/anonymization.saga.ts';
const guard = 'src/modules/anonymization/validation/validation.guard.ts';
const locks = 'src/modules/customer/locks/customer-locks.ts';
const candidates = 'src/modules/runs/queries/candidates.queries.ts';

const ACCESS = ['test/unit/access-guard.spec.ts'];
const TOKEN = ['test/unit/access-token.spec.ts'];
const CREDENTIALS = ['test/unit/credentials.spec.ts'];
const GATE = ['test/unit/request-gate.spec.ts'];
const COOKIE = ['test/unit/session-cookie.spec.ts'];
const BODIES = ['test/unit/body-limits.spec.ts'];
const SESSIONS = ['test/e2e/session.e2e.spec.ts'];
const AUTH = ['test/e2e/auth.e2e.spec.ts'];
const COST = ['test/e2e/cost-ceiling.e2e.spec.ts'];
const SHELL = ['test/e2e/http-shell.e2e.spec.ts'];
const ACT = ['test/e2e/anonymization.e2e.spec.ts'];
const MERGE = ['test/e2e/merge.e2e.spec.ts'];

export default {
  mutants: [
    {
      name: 'a route without a policy is open to every employee',
      file: access,
      find: 'if (policy !== undefined && allows(policy, actor.role)) {',
      replace: 'if (policy === undefined || allows(policy, actor.role)) {',
      specs: ACCESS,
    },
    {
      name: 'a refusal by role is not written down',
      file: access,
      find: 'await this.refusals.record({ actor, method: request.method, route: routeOf(request) });',
      replace: '',
      specs: ACCESS,
    },
    {
      name: 'nobody has to log in',
      file: access,
      find: "if (policy?.kind === 'PUBLIC') return true;",
      replace: "if (policy?.kind !== 'ROLES') return true;",
      specs: ACCESS,
    },
    {
      name: 'an old password is enough for what cannot be undone',
      file: access,
      find: "if (needsConfirmation && session?.isConfirmed === false) throw new DomainError('REAUTHENTICATION_REQUIRED');",
      replace: '',
      specs: SESSIONS,
    },
    {
      name: 'every role may do what one may',
      file: policies,
      find: 'return policy.roles.includes(role);',
      replace: 'return policy.roles.length > 0;',
      specs: ACCESS,
    },
    {
      name: 'the second policy of a route replaces the first',
      file: policies,
      find: 'if (Reflect.hasOwnMetadata(POLICY, handler)) throw new Error(`Route ${String(name)} has two policies`);',
      replace: '',
      specs: ACCESS,
    },
    {
      name: 'a cookie counts where a wrong token came with it',
      file: identification,
      find: 'return actor && { actor, session: null };',
      replace: 'if (actor) return { actor, session: null };',
      specs: SESSIONS,
    },
    {
      name: 'a request that changes something needs no token of the portal',
      file: identification,
      find: '(isOfAnotherOrigin(request) || !hasToken(request, session))',
      replace: 'isOfAnotherOrigin(request)',
      specs: SESSIONS,
    },
    {
      name: 'any token of the portal of the right length is taken',
      file: identification,
      find: 'given.length === expected.length && timingSafeEqual(given, expected)',
      replace: 'given.length === expected.length',
      specs: SESSIONS,
    },
    {
      name: 'another host of the same site may change something',
      file: origin,
      find: "if (site !== undefined) return site !== 'same-origin';",
      replace: "if (site !== undefined) return site === 'cross-site';",
      specs: SESSIONS,
    },
    {
      name: 'an origin that cannot be told is the own one',
      file: origin,
      find: '(!URL.canParse(origin) || new URL',
      replace: '(URL.canParse(origin) && new URL',
      specs: SESSIONS,
    },
    {
      name: 'scripts can read the cookie',
      file: cookie,
      find: 'httpOnly: true',
      replace: 'httpOnly: false',
      specs: COOKIE,
    },
    {
      name: 'the cookie of a product behind a proxy goes over plain http',
      file: cookie,
      find: 'return this.publicUrl !== undefined || request.secure',
      replace: 'return request.secure',
      specs: COOKIE,
    },
    {
      name: 'an expired token is valid as long as its signature is remembered',
      file: tokens,
      find: 'return known.expiresAt > this.clock.now().getTime() ? known.bearer : null;',
      replace: 'return known.bearer;',
      specs: TOKEN,
    },
    {
      name: 'a token does not expire',
      file: tokens,
      find: "requiredClaims: ['sub', 'iat', 'exp'],\n        currentDate: this.clock.now(),",
      replace: "requiredClaims: ['sub', 'iat', 'exp'],\n        currentDate: new Date(0),",
      specs: TOKEN,
    },
    {
      name: 'remembered tokens are told apart by their signature and not by what they say',
      file: tokens,
      find: "createHash('sha256').update(token)",
      replace: "createHash('sha256').update(token.split('.')[2] ?? token)",
      specs: TOKEN,
    },
    {
      name: 'a caller is known for ever',
      file: known,
      find: 'return caller !== undefined && caller.until > performance.now() ? caller.employeeId : null;',
      replace: 'return caller?.employeeId ?? null;',
      specs: GATE,
    },
    {
      name: 'a locked employee is let in by an old token',
      file: directory,
      find: 'WHERE id = $1 AND active AND (',
      replace: 'WHERE id = $1 AND (',
      specs: AUTH,
    },
    {
      name: 'a token outlives the password by which it was earned',
      file: directory,
      find: ' AND (password_changed_at IS NULL OR password_changed_at <= $2)',
      replace: ' AND $2::timestamptz IS NOT NULL',
      specs: AUTH,
    },
    {
      name: 'a session of an employee who is locked goes on',
      file: sessionQueries,
      find: 'WHERE s.token_hash = $1 AND e.active AND',
      replace: 'WHERE s.token_hash = $1 AND',
      specs: SESSIONS,
    },
    {
      name: 'a session never ends while somebody is there',
      file: sessionQueries,
      find: ' AND s.last_seen_at >= $2 AND s.created_at >= $3\n',
      replace: " AND s.last_seen_at >= $2 AND s.created_at >= $3 - interval '30 days'\n",
      specs: SESSIONS,
    },
    {
      name: 'a session never ends while nobody is there',
      file: sessionQueries,
      find: ' AND s.last_seen_at >= $2 AND s.created_at >= $3\n',
      replace: " AND s.last_seen_at >= $2 - interval '30 days' AND s.created_at >= $3\n",
      specs: SESSIONS,
    },
    {
      name: 'a session outlives the password by which it was begun',
      file: sessionQueries,
      find: '\n    AND (e.password_changed_at IS NULL OR e.password_changed_at <= s.confirmed_at)',
      replace: '',
      specs: SESSIONS,
    },
    {
      name: 'a password counts for a day for what cannot be undone',
      file: sessions,
      find: 'const CONFIRMED_MS = 5 * MINUTE_MS;',
      replace: 'const CONFIRMED_MS = 24 * 60 * MINUTE_MS;',
      specs: SESSIONS,
    },
    {
      name: 'passwords can be guessed without an end',
      file: failures,
      find: 'state !== null && state.consumedPoints >= MAX_FAILURES',
      replace: 'state !== null && state.consumedPoints > 1_000_000',
      specs: CREDENTIALS,
    },
    {
      name: 'many guesses at once slip past the limit',
      file: credentials,
      find: '    await this.failedAttempts.refuseTooMany(key);\n    await (right',
      replace: '    await (right',
      specs: CREDENTIALS,
    },
    {
      name: 'whoever guesses locks out everybody at the same address',
      file: credentials,
      find: 'JSON.stringify([username, address])',
      replace: 'JSON.stringify([address])',
      specs: CREDENTIALS,
    },
    {
      name: 'whoever guesses a colleague’s password from elsewhere locks the colleague out',
      file: credentials,
      find: 'JSON.stringify([username, address])',
      replace: 'JSON.stringify([username])',
      specs: CREDENTIALS,
    },
    {
      name: 'a right password does not forgive the wrong ones before it',
      file: credentials,
      find: '(right ? this.failedAttempts.forget(key) : this.failedAttempts.count(key))',
      replace: '(right ? undefined : this.failedAttempts.count(key))',
      specs: CREDENTIALS,
    },
    {
      name: 'a locked employee may log in',
      file: logins,
      find: 'employee?.active === true ? employee.passwordHash : null',
      replace: 'employee?.passwordHash ?? null',
      judged: 'the login reads the employee again under a lock, and only an active one',
      specs: AUTH,
    },
    {
      name: 'one employee may fill the product',
      file: gate,
      find: 'export const MAX_REQUESTS_PER_EMPLOYEE = 500;',
      replace: 'export const MAX_REQUESTS_PER_EMPLOYEE = 1_000;',
      specs: GATE,
    },
    {
      name: 'strangers take the places of those who are signed in',
      file: gate,
      find: 'const capacity = isKnown ? this.employees : this.unauthenticated;',
      replace: 'const capacity = this.employees;',
      specs: GATE,
    },
    {
      name: 'strangers and employees together are more than the product takes',
      file: gate,
      find: 'this.inFlight >= MAX_REQUESTS_IN_FLIGHT ? unavailable() :',
      replace: '',
      specs: GATE,
    },
    {
      name: 'health is refused when the product is full',
      file: gate,
      find: "path.startsWith('/api/v1/') && !path.startsWith('/api/v1/health/') && path",
      replace: "path.startsWith('/api/v1/') && path",
      specs: GATE,
    },
    {
      name: 'requests are served while there is a fault',
      file: gate,
      find: 'if (this.closing || this.health.faults.length > 0) return next(unavailable());',
      replace: 'if (this.closing) return next(unavailable());',
      specs: GATE,
    },
    {
      name: 'a place is given back twice',
      file: capacity,
      find: '      if (!isHeld) return;\n',
      replace: '',
      specs: GATE,
    },
    {
      name: 'bodies that never come take no place',
      file: gate,
      find: 'holdUnread(request, response, unread.take(key));',
      replace: 'holdUnread(request, response, () => undefined);',
      specs: GATE,
    },
    {
      name: 'a login may be as large as an invoice',
      file: limits,
      find: '  [/^auth\\//, 4 * KILOBYTE],\n',
      replace: '',
      specs: BODIES,
    },
    {
      name: 'every route takes a megabyte',
      file: limits,
      find: '?.[1] ?? MAX_BODY_BYTES;',
      replace: '?.[1] ?? 1024 * KILOBYTE;',
      specs: BODIES,
    },
    {
      name: 'a path in capitals has another limit than its route',
      file: limits,
      find: 'path.toLowerCase()',
      replace: 'path',
      specs: BODIES,
    },
    {
      name: 'a list of customers may have more than a run takes',
      file: shape,
      find: "if (isList && size > MAX_ELEMENTS) return invalid(path, 'ARRAY_MAX_SIZE');",
      replace: '',
      specs: BODIES,
    },
    {
      name: 'a body may be as deep as it likes',
      file: shape,
      find: "if (depth === MAX_DEPTH) return invalid(path, 'TOO_DEEP');",
      replace: '',
      specs: BODIES,
    },
    {
      name: 'NUL in the name of a field reaches the database',
      file: shape,
      find: "if (names.some((name) => name.includes('\\0'))) return new DomainError('MALFORMED_REQUEST');",
      replace: '',
      specs: BODIES,
    },
    {
      name: 'each list is counted by itself and not with the others',
      file: shape,
      find: 'values += size;',
      replace: 'values = size;',
      specs: BODIES,
    },
    {
      name: 'unknown fields are dropped silently',
      file: pipe,
      find: 'forbidNonWhitelisted: true,',
      replace: '',
      specs: ACT,
    },
    {
      name: 'an answer grows with what was sent',
      file: pipe,
      find: '.slice(0, MAX_ERRORS)',
      replace: '',
      specs: COST,
    },
    {
      name: 'a form is taken where JSON is expected',
      file: form,
      find: 'hasBody && !request.is(accepted) ? new DomainError',
      replace: 'false ? new DomainError',
      specs: SHELL,
    },
    {
      name: 'a repeated request anonymizes again',
      file: answers,
      find: 'if (claimed === 0) return this.earlierAnswer(scope, fingerprint);',
      replace: '',
      specs: ACT,
    },
    {
      name: 'another request with the same key gets the answer of the first',
      file: answers,
      find: "if (earlier?.fingerprint !== fingerprint) throw new DomainError('IDEMPOTENCY_KEY_REUSED');",
      replace: "if (earlier === undefined) throw new DomainError('IDEMPOTENCY_KEY_REUSED');",
      specs: ACT,
    },
    {
      name: 'a refusal is remembered for seven days',
      file: act,
      find: "({ outcome }) => outcome !== 'BLOCKED',",
      replace: '() => true,',
      specs: ACT,
    },
    {
      name: 'two employees with the same key get one answer',
      file: key,
      find: 'employeeId: actorOf(request).id,',
      replace: "employeeId: '00000000-0000-0000-0000-000000000000',",
      specs: ACT,
    },
    {
      name: 'the same key for two customers is one request',
      file: key,
      find: 'request: { params: { ...request.params }, body: request.body as unknown },',
      replace: 'request: { body: request.body as unknown },',
      specs: ACT,
    },
    {
      name: 'a key is remembered for ever',
      file: answers,
      find: "AND created_at < now() - interval '7 days'",
      replace: 'AND false',
      specs: ACT,
    },
    {
      name: 'any confirmation is taken',
      file: act,
      find: "if (command.confirmation !== customer.customerNumber) throw new DomainError('CONFIRMATION_MISMATCH');",
      replace: '',
      specs: ACT,
    },
    {
      name: 'employees may anonymize',
      file: actRoute,
      find: '@Authorize(Role.ADMINISTRATOR)',
      replace: '@Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)',
      specs: ['test/e2e/route-policies.e2e.spec.ts'],
    },
    {
      name: 'blocked customers are anonymized',
      file: saga,
      find: 'const ready = candidates.filter((id) => !blockers.has(id));',
      replace: 'const ready = candidates;',
      specs: ACT,
    },
    {
      name: 'a customer is anonymized a second time, with a new label',
      file: saga,
      find: 'customers.filter(({ anonymizedAt }) => anonymizedAt === null)',
      replace: 'customers',
      specs: ACT,
    },
    {
      name: 'a refusal is not in the audit log',
      file: saga,
      find: 'await this.recordRefusals(outcomes, context);',
      replace: '',
      specs: ACT,
    },
    {
      name: 'the first blocker of a customer is told and no other',
      file: guard,
      find: 'rows.map(({ customer_id, blockers }) => [customer_id, blockers])',
      replace: 'rows.map(({ customer_id, blockers }) => [customer_id, blockers.slice(0, 1)])',
      specs: ACT,
    },
    {
      name: 'the period of recent invoices is six months whatever the setting says',
      file: guard,
      find: 'this.config.recentInvoiceMonths,',
      replace: '6,',
      specs: ACT,
    },
    {
      name: 'whoever anonymizes does not wait for a booking',
      file: locks,
      find: "return this.lock(customerIds, 'FOR UPDATE');",
      replace: "return this.lock(customerIds, 'FOR NO KEY UPDATE');",
      specs: ACT,
    },
    {
      name: 'bookings lock their record before the customer',
      file: locks,
      find: "const locked = await this.lock(customerIds, 'FOR KEY SHARE');",
      replace: "const locked = await this.lock(customerIds, '');",
      specs: ['test/e2e/actions.e2e.spec.ts'],
    },
    {
      name: 'somebody is booked on who is anonymized, up to the database',
      file: locks,
      find: "if (closed.some(({ anonymized }) => anonymized)) throw new DomainError('CUSTOMER_ANONYMIZED');",
      replace: '',
      specs: ['test/e2e/anonymized-routes.e2e.spec.ts'],
    },
    {
      name: 'bookings go to whoever was merged',
      file: locks,
      find: "if (closed.length > 0) throw new DomainError('CUSTOMER_MERGED');",
      replace: '',
      specs: MERGE,
    },
    {
      name: 'the act on a merged customer is told as any other refusal',
      file: actRoute,
      find: "blockers.find(({ code }) => code === 'CUSTOMER_MERGED')",
      replace: "blockers.find(({ code }) => code === 'LEGAL_HOLD')",
      specs: MERGE,
    },
    {
      name: 'a run counts somebody anonymized before as ready',
      file: candidates,
      find: "      WHEN anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED'\n",
      replace: '',
      specs: ACT,
    },
  ],
};
