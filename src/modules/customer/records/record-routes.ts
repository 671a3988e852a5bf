import { Body, Controller, Get, Param, Post, Query, type Type } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../kernel/role';
import { Authorize } from '../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../platform/http/id-param.pipe';
import { type Page, PageRequest } from '../../../platform/http/page';
import { apiProblem } from '../../../platform/http/problem-document';
import { AddRecord } from './add-record/add-record.command';
import { ListRecords } from './list-records/list-records.query';
import type { RecordDefinition, StoredRecord } from './record-definition';
import { pageResponseOf, responseOf } from './record-responses';

/** The routes that all records of customers have in common: `GET` and `POST /customers/:id/<path>`. */
export const recordRoutes = <Fields extends object, Shown extends object>(
  record: RecordDefinition<Fields, Shown>,
): Type[] => [listRoute(record), addRoute(record)];

function listRoute<Fields extends object, Shown extends object>(record: RecordDefinition<Fields, Shown>): Type {
  @ApiTags(record.path)
  @Controller(`customers/:id/${record.path}`)
  class ListController {
    constructor(private readonly queries: QueryBus) {}

    @Get()
    @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
    @ApiOperation({ summary: `The customer's ${inWords(record.path)}; for an anonymized customer, what remains` })
    @ApiOkResponse({ type: pageResponseOf(record) })
    @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
    handle(
      @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
      @Query() page: PageRequest,
    ): Promise<Page<StoredRecord<Fields, Shown>>> {
      return this.queries.execute(new ListRecords(record, id, page));
    }
  }
  return named(`List${pascal(record.path)}Controller`, ListController);
}

function addRoute<Fields extends object, Shown extends object>(record: RecordDefinition<Fields, Shown>): Type {
  @ApiTags(record.path)
  @Controller(`customers/:id/${record.path}`)
  class AddController {
    constructor(private readonly commands: CommandBus) {}

    @Post()
    @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
    @ApiOperation({ summary: `Adds to the customer's ${inWords(record.path)}` })
    @ApiBody({ type: record.request })
    @ApiCreatedResponse({ type: responseOf(record) })
    @ApiResponse(apiProblem(400, 'VALIDATION_FAILED; UNKNOWN_REFERENCE, OTHER_CUSTOMER and DUPLICATE among the codes'))
    @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
    @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED'))
    handle(
      @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
      @Body() fields: Fields,
    ): Promise<StoredRecord<Fields, Shown>> {
      return this.commands.execute(new AddRecord(record, id, fields));
    }
  }
  // What the compiler would write here if the type of the body were not a parameter; the validation goes by it.
  Reflect.defineMetadata('design:paramtypes', [String, record.request], AddController.prototype, 'handle');
  return named(`Add${record.name}Controller`, AddController);
}

/** Routes are called after their controllers in the API's description. */
function named(name: string, controller: Type): Type {
  Object.defineProperty(controller, 'name', { value: name });
  return controller;
}

const inWords = (path: string) => path.replaceAll('-', ' ');
const pascal = (path: string) => path.replaceAll(/(?:^|-)([a-z])/g, (_, first: string) => first.toUpperCase());
