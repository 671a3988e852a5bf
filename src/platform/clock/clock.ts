import { Injectable } from '@nestjs/common';
import { type BusinessDate, businessDateOf } from '../../kernel/business-date';
import { LetheConfig } from '../config/lethe-config';

/** The current time, which tests replace. A transaction reads it once. */
@Injectable()
export class Clock {
  constructor(private readonly config: LetheConfig) {}

  now(): Date {
    return new Date();
  }

  /** The shop's calendar date. */
  today(instant: Date = this.now()): BusinessDate {
    return businessDateOf(instant, this.config.timeZone);
  }
}
