import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Public } from '../../platform/auth/authorize.decorator';
import { HealthSignals } from '../../platform/health/health-signals';
import { LivenessResponse, ReadinessResponse } from './health.response';

const DATABASE_PATIENCE_MS = 3_000;

/** Liveness and readiness probes. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly signals: HealthSignals,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  /** The process responds. */
  @Get('live')
  @Public()
  @ApiOkResponse({ type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'ok' };
  }

  /** The product can serve requests. */
  @Get('ready')
  @Public()
  @ApiOkResponse({ type: ReadinessResponse })
  @ApiServiceUnavailableResponse({ type: ReadinessResponse })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessResponse> {
    const { warnings, faults } = this.signals;
    const allFaults = (await this.databaseAnswers()) ? faults : [...faults, 'DATABASE_UNREACHABLE'];
    if (allFaults.length === 0) return { status: 'ok', warnings, faults: [] };
    response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return { status: 'unavailable', warnings, faults: allFaults };
  }

  private async databaseAnswers(): Promise<boolean> {
    const patience = new AbortController();
    const answer = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const waited = delay(DATABASE_PATIENCE_MS, false, { signal: patience.signal }).catch(() => false);
    const answers = await Promise.race([answer, waited]);
    patience.abort();
    return answers;
  }
}
