import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { Clock } from '../../../../platform/clock/clock';
import { LetheConfig } from '../../../../platform/config/lethe-config';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { ApiJsonOrFile } from '../../../../platform/http/json-or-file.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { sendStream } from '../../../../platform/http/send-stream';
import { type Language, LANGUAGES } from '../../language';
import { receiptPages } from '../../receipt-pages';
import { AnonymizationReceiptResponse } from '../../receipt.response';
import { GetReceipt } from './get-receipt.query';
import { GetReceiptRequest, type ReceiptFormat } from './get-receipt.request';

@ApiTags('anonymization')
@Controller('customers/:id/anonymization-receipt')
export class GetReceiptController {
  constructor(
    private readonly queries: QueryBus,
    private readonly config: LetheConfig,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({
    summary: 'Erasure certificate of an anonymized customer, with proof that the audit log contains it',
    description:
      'Verify it offline with `npm run audit:verify -- --receipt FILE`. The PDF is for filing; the JSON is ' +
      'attached to it.',
  })
  @ApiJsonOrFile(AnonymizationReceiptResponse, 'application/pdf')
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_NOT_ANONYMIZED'))
  @ApiResponse(apiProblem(503, 'RECEIPT_NOT_READY for up to a minute; see Retry-After'))
  async handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Query() { format, language }: GetReceiptRequest,
    @Res() response: Response,
  ): Promise<void> {
    const receipt = await this.queries.execute(new GetReceipt(id));
    if ((format ?? acceptedBy(response)) === 'json') {
      response.json(receipt);
      return;
    }
    const issue = { language: language ?? languageOf(response), timeZone: this.config.timeZone };
    response.setHeader('Content-Language', issue.language);
    await sendStream(response, {
      name: 'anonymization-receipt.pdf',
      type: 'application/pdf',
      pieces: receiptPages(receipt, { ...issue, issuedAt: this.clock.now() }),
    });
  }
}

/** JSON is the default, also when the client accepts neither format. */
const acceptedBy = ({ req }: Response): ReceiptFormat =>
  req.accepts(['application/json', 'application/pdf']) === 'application/pdf' ? 'pdf' : 'json';

const languageOf = ({ req }: Response): Language =>
  LANGUAGES.find((language) => language === req.acceptsLanguages([...LANGUAGES])) ?? LANGUAGES[0];
