import { EventEmitter } from 'node:events';
import type { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { DomainError } from '../../src/kernel/domain-error';
import { KnownCallers } from '../../src/platform/auth/known-callers';
import type { HealthSignals } from '../../src/platform/health/health-signals';
import {
  MAX_REQUESTS_PER_EMPLOYEE,
  MAX_REQUESTS_IN_FLIGHT,
  MAX_UNREAD_BODIES_PER_CALLER,
  RequestGate,
} from '../../src/platform/http/request-gate';

const requestOf = (authorization: string | undefined, path = '/api/v1/customers/search', ip = '203.0.113.1') =>
  Object.assign(new EventEmitter(), { path, ip, headers: { authorization } }) as unknown as Request;
const withBody = (authorization?: string) =>
  Object.assign(requestOf(authorization), { headers: { authorization, 'content-length': '9' } });

describe('RequestGate', () => {
  const employees = ['Bearer a', 'Bearer b', 'Bearer c'];
  let gate: RequestGate;
  let known: KnownCallers;
  let faults: string[];

  beforeEach(() => {
    faults = [];
    known = new KnownCallers();
    for (const token of employees) known.remember(requestOf(token), `employee of ${token}`);
    gate = new RequestGate({ faults } as unknown as HealthSignals, known, {} as HttpAdapterHost);
  });
  afterEach(() => jest.restoreAllMocks());

  function admit(request: Request, step: 'admit' | 'beforeBody' = 'admit') {
    const response = Object.assign(new EventEmitter(), { setHeader: () => undefined });
    let refusal: unknown;
    gate[step](request, response as unknown as Response, (error?: unknown) => (refusal = error));
    return { code: refusal instanceof DomainError ? refusal.code : null, response };
  }

  it('refuses every caller at full capacity, and admits the next one after a request has ended', () => {
    const admitted = employees
      .slice(0, MAX_REQUESTS_IN_FLIGHT / MAX_REQUESTS_PER_EMPLOYEE)
      .flatMap((token) => Array.from({ length: MAX_REQUESTS_PER_EMPLOYEE }, () => admit(requestOf(token))));
    expect(admitted.map(({ code }) => code)).toEqual(Array(MAX_REQUESTS_IN_FLIGHT).fill(null));
    expect(admit(requestOf('Bearer c')).code).toBe('SERVICE_UNAVAILABLE');
    expect(admit(requestOf('Bearer c', '/api/v1/health/ready')).code).toBeNull();

    admitted[0]!.response.emit('close');
    expect(admit(requestOf('Bearer c')).code).toBeNull();
    expect(admit(requestOf('Bearer c')).code).toBe('SERVICE_UNAVAILABLE');
  });

  it('gives no caller the whole capacity, and anonymous clients none of the employees’', () => {
    const untilRefused = (request: () => Request) => {
      for (let count = 0; ; count++) {
        const { code } = admit(request());
        if (code !== null) return { count, code };
      }
    };
    let address = 0;
    const unauthenticated = untilRefused(() => requestOf(undefined, undefined, `203.0.113.${address++}`));
    expect(unauthenticated.code).toBe('SERVICE_UNAVAILABLE');
    const own = untilRefused(() => requestOf('Bearer a'));
    expect(own).toEqual({ count: MAX_REQUESTS_PER_EMPLOYEE, code: 'TOO_MANY_REQUESTS' });
    const left = MAX_REQUESTS_IN_FLIGHT - unauthenticated.count - own.count;
    expect(left).toBeGreaterThan(0);
    expect(untilRefused(() => requestOf('Bearer b'))).toEqual({ count: left, code: 'SERVICE_UNAVAILABLE' });
  });

  it('releases the capacity of a stream once', () => {
    const request = requestOf('Bearer a');
    const { response } = admit(request);
    gate.admitStream(request, response as unknown as Response, 'employee of Bearer a');
    response.emit('close');
    const codes = Array.from(
      { length: MAX_REQUESTS_IN_FLIGHT + 1 },
      (_, index) => admit(requestOf(employees[index % 3])).code,
    );
    expect(codes.filter((code) => code === null)).toHaveLength(MAX_REQUESTS_IN_FLIGHT);
  });

  it('limits the unread bodies of a caller', () => {
    let seconds = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => seconds++ * 1_000); // so slow that no caller has to wait
    const before = (request: Request) => admit(request, 'beforeBody');
    const sent = Array.from({ length: MAX_UNREAD_BODIES_PER_CALLER }, () => {
      const request = withBody();
      return { request, ...before(request) };
    });
    expect(sent.map(({ code }) => code)).toEqual(Array(MAX_UNREAD_BODIES_PER_CALLER).fill(null));
    expect(before(withBody()).code).toBe('TOO_MANY_REQUESTS');
    expect([before(requestOf(undefined)).code, before(withBody('Bearer a')).code]).toEqual([null, null]);
    sent[0]!.request.emit('end');
    sent[1]!.response.emit('close');
    expect([1, 2, 3].map(() => before(withBody()).code)).toEqual([null, null, 'TOO_MANY_REQUESTS']);
  });

  describe('a caller over its share', () => {
    const large = (headers: object) =>
      Object.assign(requestOf('Bearer a', '/api/v1/selections'), {
        headers: { authorization: 'Bearer a', ...headers },
      });
    const MEGABYTE = { 'content-length': String(1024 * 1024) };
    /** How many of these are admitted before a refusal. */
    const admitted = (headers: object) => {
      for (let count = 0; ; count++) {
        const request = large(headers);
        const { code } = admit(request, 'beforeBody');
        if (code === 'TOO_MANY_REQUESTS') return count;
        request.emit('end'); // its body has arrived, so it does not count as unread
      }
    };

    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('waits, while others pass', () => {
      const pass = jest.fn();
      const response = () => Object.assign(new EventEmitter(), { setHeader: () => undefined }) as unknown as Response;
      gate.beforeBody(large(MEGABYTE), response(), pass);
      expect(pass).toHaveBeenCalledTimes(1);
      gate.beforeBody(large(MEGABYTE), response(), pass);
      const left = response();
      gate.beforeBody(large(MEGABYTE), left, pass);
      expect(pass).toHaveBeenCalledTimes(1);
      gate.beforeBody(withBody('Bearer b'), response(), pass);
      gate.beforeBody(requestOf('Bearer a', '/api/v1/health/ready'), response(), pass);
      expect(pass).toHaveBeenCalledTimes(3);
      left.emit('close'); // it is not admitted any more
      jest.runAllTimers();
      expect(pass.mock.calls).toEqual([[], [], [], []]);
    });

    it('has waiting requests that do not count as unread bodies', () => {
      const errors: unknown[] = [];
      const AT_ONCE = MAX_UNREAD_BODIES_PER_CALLER * 4;
      for (let count = 0; count < AT_ONCE; count++) {
        const request = withBody('Bearer a');
        const response = Object.assign(new EventEmitter(), { setHeader: () => undefined }) as unknown as Response;
        gate.beforeBody(request, response, (error?: unknown) => {
          errors.push(error);
          request.emit('end');
        });
      }
      expect(errors.length).toBeLessThan(AT_ONCE);
      jest.runAllTimers();
      expect(errors).toEqual(Array(AT_ONCE).fill(undefined));
    });

    it.each([
      ['declares its length', MEGABYTE],
      ['does not declare its length', { 'transfer-encoding': 'chunked' }],
      ['is compressed', { 'content-length': '500', 'content-encoding': 'gzip' }],
      ['is longer than the route allows', { 'content-length': String(2 ** 40) }],
    ])('is refused after eight bodies of a megabyte: the body %s', (_, headers) => {
      expect(admitted(headers)).toBe(8);
    });
  });

  it('refuses everything but health while there is a fault', () => {
    faults.push('ERASURE_CONFLICT');
    expect(admit(requestOf('Bearer a'), 'beforeBody').code).toBe('SERVICE_UNAVAILABLE');
    expect(admit(requestOf('Bearer a', '/api/v1/health/ready'), 'beforeBody').code).toBeNull();
  });

  it('remembers a caller for a quarter of an hour', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    known.remember(requestOf('Bearer d'), 'employee of Bearer d');
    const isKnownAfter = (minutes: number) => {
      now.mockReturnValue(minutes * 60_000);
      return known.employeeOf(requestOf('Bearer d')) !== null;
    };
    expect([isKnownAfter(14.9), isKnownAfter(15)]).toEqual([true, false]);
  });

  it('treats a caller with another token as anonymous', () => {
    expect(known.employeeOf(requestOf('Bearer a'))).toBe('employee of Bearer a');
    expect(known.employeeOf(requestOf('Bearer x'))).toBeNull();
    expect(known.employeeOf({ headers: {} } as unknown as Request)).toBeNull();
  });
});
