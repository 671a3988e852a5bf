import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import type { Server } from 'node:http';
import { DomainError } from '../../kernel/domain-error';
import { HealthSignals } from '../health/health-signals';

/** Requests that wait for a connection of the pool wait for each other; past this many it is kinder to say so at once. */
export const MOST_REQUESTS_IN_FLIGHT = 1_000;
const RETRY_AFTER_SECONDS = 2;
const DRAIN_MS = 3_000;
const DRAIN_POLL_MS = 20;

/** Admits requests to the API, and answers 503 with `Retry-After` when there are too many, while a fault is signalled, and while shutting down. */
@Injectable()
export class RequestGate implements BeforeApplicationShutdown {
  private inFlight = 0;
  private closing = false;

  constructor(
    private readonly health: HealthSignals,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  readonly middleware = (request: Request, response: Response, next: NextFunction): void => {
    if (!isGated(request.path)) return next();
    if (this.closing) response.setHeader('Connection', 'close');
    if (this.closing || this.inFlight >= MOST_REQUESTS_IN_FLIGHT || this.health.faults.length > 0)
      return next(new DomainError('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS }));
    if (!isEventStream(request.path)) {
      this.inFlight++;
      response.once('close', () => this.inFlight--);
    }
    next();
  };

  /** Lets the requests in flight end before the server closes. Event streams have no end of their own and are cut. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    for (const until = Date.now() + DRAIN_MS; this.inFlight > 0 && Date.now() < until;) await delay(DRAIN_POLL_MS);
    const server = this.adapterHost.httpAdapter?.getHttpServer() as Partial<Server> | undefined;
    server?.closeAllConnections?.();
  }
}

/** Probes and metrics must be answered above all under load and while there is a fault; the portal's files cost nothing. */
const isGated = (path: string): boolean =>
  path.startsWith('/api/v1/') && !path.startsWith('/api/v1/health/') && path !== '/api/v1/metrics';

/** An open stream only waits: counted, a few hundred spectators of a run would shut out everybody else. */
const isEventStream = (path: string): boolean => path.endsWith('/events');
