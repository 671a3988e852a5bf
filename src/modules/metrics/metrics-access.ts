import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { LetheConfig } from '../../platform/config/lethe-config';

const BEARER = /^Bearer +(\S+)$/i;

/** Admits only requests with the token of `LETHE_METRICS_TOKEN`. Without that setting, metrics are disabled. */
@Injectable()
export class MetricsAccess {
  constructor(private readonly config: LetheConfig) {}

  /** @throws DomainError `ROUTE_NOT_FOUND`, `AUTHENTICATION_REQUIRED` */
  require(authorization: string | undefined): void {
    const { metricsToken } = this.config;
    if (metricsToken === undefined) throw new DomainError('ROUTE_NOT_FOUND');
    const given = BEARER.exec(authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), digest(metricsToken)))
      throw new DomainError('AUTHENTICATION_REQUIRED');
  }
}

/** Digests have equal length, so the comparison reveals nothing about the token. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
