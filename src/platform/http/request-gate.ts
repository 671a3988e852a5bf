import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import type { Server } from 'node:http';
import { DomainError } from '../../kernel/domain-error';
import { KnownCallers } from '../auth/known-callers';
import { HealthSignals } from '../health/health-signals';
import { bodyLimitOf } from './body-limits';
import { Capacity } from './capacity';
import { EventLoopShare } from './event-loop-share';

/**
 * Limit of requests in flight. Beyond it, requests would only wait for each other's database connections, and an
 * immediate refusal is better.
 */
export const MAX_REQUESTS_IN_FLIGHT = 1_000;
/** Share of one employee in {@link MAX_REQUESTS_IN_FLIGHT}. */
export const MAX_REQUESTS_PER_EMPLOYEE = 500;
/** Limits for callers who are not signed in, in total and per address. The rest is reserved for employees. */
const MAX_UNAUTHENTICATED_REQUESTS = 300;
export const MAX_REQUESTS_PER_ADDRESS = 100;
/** Requests whose body is still being received: in total and per caller, for employees and for others separately. */
const MAX_UNREAD_BODIES = 300;
export const MAX_UNREAD_BODIES_PER_CALLER = 50;
/** An event stream lasts as long as its page is open. */
const MAX_STREAMS = 500;
export const MAX_STREAMS_PER_EMPLOYEE = 20;

const RETRY_AFTER_SECONDS = 2;
const DRAIN_TIMEOUT_MS = 3_000;
const DRAIN_POLL_INTERVAL_MS = 20;

/** An employee who was recently signed in, or the network address of an unauthenticated caller. */
interface Caller {
  readonly key: string;
  readonly isKnown: boolean;
}

/**
 * Admits requests to the API. Answers 503 with `Retry-After` when there are too many requests, while a fault is present
 * and during shutdown; answers 429 when one caller has too many. Always admits health and metrics.
 */
@Injectable()
export class RequestGate implements BeforeApplicationShutdown {
  private readonly unreadOfEmployees = new Capacity(MAX_UNREAD_BODIES, MAX_UNREAD_BODIES_PER_CALLER);
  private readonly unreadOfUnauthenticated = new Capacity(MAX_UNREAD_BODIES, MAX_UNREAD_BODIES_PER_CALLER);
  private readonly employees = new Capacity(MAX_REQUESTS_IN_FLIGHT, MAX_REQUESTS_PER_EMPLOYEE);
  private readonly unauthenticated = new Capacity(MAX_UNAUTHENTICATED_REQUESTS, MAX_REQUESTS_PER_ADDRESS);
  private readonly streams = new Capacity(MAX_STREAMS, MAX_STREAMS_PER_EMPLOYEE);
  private readonly eventLoop = new EventLoopShare();
  private readonly releases = new WeakMap<Request, () => void>();
  private closing = false;

  constructor(
    private readonly health: HealthSignals,
    private readonly known: KnownCallers,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Runs before the body is parsed: the body may never arrive, and parsing it delays other requests. */
  readonly beforeBody = (request: Request, response: Response, next: NextFunction): void => {
    if (!isGated(request.path)) return next();
    if (this.closing) response.setHeader('Connection', 'close');
    if (this.closing || this.health.faults.length > 0) return next(unavailable());
    const { key, isKnown } = this.callerOf(request);
    const wait = this.eventLoop.take(key, bodySizeOf(request));
    if (wait === null) return refuseUnread(request, response, next, tooMany());
    callNextAfter(response, wait, () => {
      if (!hasBody(request)) return next();
      // Counted only now, because a caller whose request waits for its share is not responsible for an unread body.
      const unread = isKnown ? this.unreadOfEmployees : this.unreadOfUnauthenticated;
      const refusal = refusalBy(unread, key);
      if (refusal !== null) return refuseUnread(request, response, next, refusal);
      holdUnread(request, response, unread.take(key));
      next();
    });
  };

  /** Runs when the body has been parsed, or is left to the route. */
  readonly admit = (request: Request, response: Response, next: NextFunction): void => {
    if (!isGated(request.path)) return next();
    const { key, isKnown } = this.callerOf(request);
    const capacity = isKnown ? this.employees : this.unauthenticated;
    const refusal = this.inFlight >= MAX_REQUESTS_IN_FLIGHT ? unavailable() : refusalBy(capacity, key);
    if (refusal === null) this.hold(request, response, capacity.take(key));
    next(refusal ?? undefined);
  };

  /**
   * Admits an event stream. The request then no longer counts as in flight, because an open stream only waits.
   *
   * @throws DomainError `TOO_MANY_REQUESTS`, `SERVICE_UNAVAILABLE`
   */
  admitStream(request: Request, response: Response, employeeId: string): void {
    const refusal = refusalBy(this.streams, employeeId);
    if (refusal !== null) throw refusal;
    this.releases.get(request)?.();
    this.hold(request, response, this.streams.take(employeeId));
  }

  /** Waits for the requests in flight before the server closes. Cuts event streams, which do not end by themselves. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const until = Date.now() + DRAIN_TIMEOUT_MS; this.inFlight > 0 && Date.now() < until;)
      await delay(DRAIN_POLL_INTERVAL_MS);
    const server = this.adapterHost.httpAdapter?.getHttpServer() as Partial<Server> | undefined;
    server?.closeAllConnections?.();
  }

  private get inFlight(): number {
    return this.employees.used + this.unauthenticated.used;
  }

  private hold(request: Request, response: Response, release: () => void): void {
    this.releases.set(request, release);
    response.once('close', release);
  }

  private callerOf(request: Request): Caller {
    const employeeId = this.known.employeeOf(request);
    return employeeId === null ? { key: request.ip ?? '', isKnown: false } : { key: employeeId, isKnown: true };
  }
}

const unavailable = () => new DomainError('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });

const tooMany = () => new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: RETRY_AFTER_SECONDS });

function refusalBy(capacity: Capacity, caller: string): DomainError | null {
  if (capacity.isFullFor(caller)) return tooMany();
  return capacity.isFull() ? unavailable() : null;
}

/** Holds the slot until the body is complete or the caller disconnects. */
function holdUnread(request: Request, response: Response, release: () => void): void {
  response.once('close', release);
  request.once('end', () => {
    response.off('close', release);
    release();
  });
}

/** Refuses a request without reading its body, if it has one. */
function refuseUnread(request: Request, response: Response, next: NextFunction, refusal: DomainError): void {
  if (hasBody(request)) response.setHeader('Connection', 'close');
  next(refusal);
}

/** Calls `next` after `wait` milliseconds, unless the caller disconnects meanwhile. */
function callNextAfter(response: Response, wait: number, next: () => void): void {
  if (wait === 0) return next();
  const timer = setTimeout(next, wait);
  response.once('close', () => clearTimeout(timer));
}

/** Announced size of the body in bytes, or the limit of the route when the size is unknown. */
function bodySizeOf(request: Request): number {
  if (!hasBody(request)) return 0;
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  const largest = bodyLimitOf(request);
  return length !== undefined && encoding === 'identity' ? Math.min(Number(length), largest) : largest;
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Probes and metrics must be answered under load and during faults as well; portal files cost next to nothing. */
const isGated = (path: string): boolean =>
  path.startsWith('/api/v1/') && !path.startsWith('/api/v1/health/') && path !== '/api/v1/metrics';
