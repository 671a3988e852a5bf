import { EventEmitter } from 'node:events';
import type { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { DomainError } from '../../src/kernel/domain-error';
import { KnownCallers } from '../../src/platform/auth/known-callers';
import type { HealthSignals } from '../../src/platform/health/health-signals';
import { MOST_OF_ONE_EMPLOYEE, MOST_REQUESTS_IN_FLIGHT, RequestGate } from '../../src/platform/http/request-gate';

const requestOf = (authorization: string, path = '/api/v1/customers/search') =>
  ({ path, ip: '203.0.113.1', headers: { authorization } }) as unknown as Request;

describe('RequestGate', () => {
  const employees = ['Bearer a', 'Bearer b', 'Bearer c'];
  let gate: RequestGate;
  let known: KnownCallers;

  beforeEach(() => {
    known = new KnownCallers();
    for (const token of employees) known.remember(requestOf(token), `employee of ${token}`);
    gate = new RequestGate({ faults: [] } as unknown as HealthSignals, known, {} as HttpAdapterHost);
  });

  function admit(request: Request): { readonly code: string | null; readonly response: EventEmitter } {
    const response = new EventEmitter();
    let refusal: unknown;
    gate.admit(request, response as unknown as Response, (error?: unknown) => (refusal = error));
    return { code: refusal instanceof DomainError ? refusal.code : null, response };
  }

  it('refuses everybody when the product is full, and lets in again who comes after one has ended', () => {
    const admitted = employees
      .slice(0, MOST_REQUESTS_IN_FLIGHT / MOST_OF_ONE_EMPLOYEE)
      .flatMap((token) => Array.from({ length: MOST_OF_ONE_EMPLOYEE }, () => admit(requestOf(token))));
    expect(admitted.map(({ code }) => code)).toEqual(Array(MOST_REQUESTS_IN_FLIGHT).fill(null));
    expect(admit(requestOf('Bearer c')).code).toBe('SERVICE_UNAVAILABLE');
    expect(admit(requestOf('Bearer c', '/api/v1/health/ready')).code).toBeNull();

    admitted[0]!.response.emit('close');
    expect(admit(requestOf('Bearer c')).code).toBeNull();
    expect(admit(requestOf('Bearer c')).code).toBe('SERVICE_UNAVAILABLE');
  });

  it('takes somebody for a stranger who brings another token', () => {
    expect(known.employeeOf(requestOf('Bearer a'))).toBe('employee of Bearer a');
    expect(known.employeeOf(requestOf('Bearer x'))).toBeNull();
    expect(known.employeeOf({ headers: {} } as unknown as Request)).toBeNull();
  });
});
