import { Body, Controller, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { sendCsv } from '../../../../platform/csv/send-csv';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { sendStream } from '../../../../platform/http/send-stream';
import { invalid } from '../../../../platform/http/validation.pipe';
import { type Letter, PLACEHOLDERS } from '../../letters/letter';
import { letterPages } from '../../letters/letter-pages';
import { LetterTemplate } from '../../letters/letter-template';
import { WriteLetters } from './write-letters.query';
import { type LetterFormat, WriteLettersRequest } from './write-letters.request';

const COLUMNS = ['customerNumber', ...PLACEHOLDERS, 'letter'] as const;

@ApiTags('selections')
@Controller('selections/:id/mail-merge')
export class WriteLettersController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({
    summary: 'A letter to each customer of a saved list, as CSV or as one PDF; never to an anonymized customer',
  })
  @ApiProduces('text/csv', 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: `CSV: ${COLUMNS.join(', ')}` })
  @ApiResponse(apiProblem(404, 'SELECTION_NOT_FOUND'))
  async handle(
    @Param('id', new IdParam('SELECTION_NOT_FOUND')) id: string,
    @Body() { template, contractual = false, format }: WriteLettersRequest,
    @Res() response: Response,
  ): Promise<void> {
    const parsed = LetterTemplate.of(template);
    // never the placeholder's name, which may contain anything
    if (parsed === null) throw invalid('template', 'UNKNOWN_PLACEHOLDER');
    const letters = await this.queries.execute(new WriteLetters(id, parsed, contractual));
    if ((format ?? acceptedBy(response)) === 'pdf')
      await sendStream(response, { name: 'letters.pdf', type: 'application/pdf', pieces: letterPages(letters) });
    else await sendCsv(response, { name: 'letters.csv', columns: COLUMNS, rows: rowsOf(letters) });
  }
}

/** CSV is the default, also when the client accepts neither format. */
const acceptedBy = ({ req }: Response): LetterFormat =>
  req.accepts(['text/csv', 'application/pdf']) === 'application/pdf' ? 'pdf' : 'csv';

async function* rowsOf(letters: AsyncIterable<Letter>) {
  for await (const { recipient, text } of letters) yield { ...recipient, letter: text };
}
