import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../kernel/role';
import { Authorize } from '../../platform/auth/authorize.decorator';
import { UuidParam } from '../../platform/http/id-param.pipe';
import { type Page, PageRequest } from '../../platform/http/page';
import { apiProblem } from '../../platform/http/problem-document';
import { ValidationPipe } from '../../platform/http/validation.pipe';
import { AddRecord } from './add-record/add-record.command';
import { ListRecords } from './list-records/list-records.query';
import type { RecordDefinition, StoredRecord } from './record-definition';
import { pageResponseOf, responseOf } from './record-responses';

/**
 * Creates the base class for the controller of a kind of record, with `GET` and `POST /customers/:id/<path>`. The
 * owning module extends it. It is a function because routes and their OpenAPI descriptions are bound to the methods of
 * one class.
 */
export function CustomerRecords<Fields extends object, Shown extends object>(record: RecordDefinition<Fields, Shown>) {
  @ApiTags(record.path)
  @Controller(`customers/:id/${record.path}`)
  class RecordsController {
    constructor(
      readonly queries: QueryBus,
      readonly commands: CommandBus,
    ) {}

    @Get()
    @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
    @ApiOperation({
      operationId: `list${pascal(record.path)}`,
      summary: `The customer's ${inWords(record.path)}; for an anonymized customer, what remains`,
    })
    @ApiOkResponse({ type: pageResponseOf(record) })
    @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
    list(
      @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
      @Query() page: PageRequest,
    ): Promise<Page<StoredRecord<Fields, Shown>>> {
      return this.queries.execute(new ListRecords(record, id, page));
    }

    @Post()
    @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
    @ApiOperation({ operationId: `add${record.name}`, summary: `Adds to the customer's ${inWords(record.path)}` })
    @ApiBody({ type: record.request })
    @ApiCreatedResponse({ type: responseOf(record) })
    @ApiResponse(apiProblem(400, 'VALIDATION_FAILED; UNKNOWN_REFERENCE, OTHER_CUSTOMER and DUPLICATE among the codes'))
    @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
    @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED'))
    add(
      @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
      @Body(new ValidationPipe(record.request)) fields: Fields,
    ): Promise<StoredRecord<Fields, Shown>> {
      return this.commands.execute(new AddRecord(record, id, fields));
    }
  }
  return RecordsController;
}

const inWords = (path: string) => path.replaceAll('-', ' ');
const pascal = (path: string) => path.replaceAll(/(?:^|-)([a-z])/g, (_, first: string) => first.toUpperCase());
