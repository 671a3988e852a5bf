import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Registry } from 'prom-client';
import { Public } from '../../platform/auth/authorize.decorator';
import { MetricsAccess } from './metrics-access';
import { Scrape } from './scrape';

/**
 * Metrics for a monitoring system. The access guard treats the route as public, because its token belongs to no
 * employee.
 */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly access: MetricsAccess,
    private readonly scrape: Scrape,
  ) {}

  @Get()
  @Public()
  @ApiBearerAuth()
  @ApiProduces('text/plain')
  @ApiOkResponse({
    schema: { type: 'string' },
    description: 'Prometheus text format; needs the token of LETHE_METRICS_TOKEN, 404 if it is not set',
  })
  async handle(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.access.require(request.get('Authorization'));
    const text = await this.scrape.text();
    response.setHeader('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE);
    response.send(text);
  }
}
