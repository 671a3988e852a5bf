import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { DataMap, type MappedTable } from '../../data-map';
import { DataMapResponse, type DataMapColumnResponse, type DataMapTableResponse } from './get-data-map.response';

/** Returns the meaning of every column of every table, and what an anonymization does with it. */
@ApiTags('data-map')
@Controller('data-map')
export class GetDataMapController {
  constructor(private readonly dataMap: DataMap) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOkResponse({ type: DataMapResponse })
  handle(): DataMapResponse {
    const { tables } = this.dataMap;
    return { items: tables.flatMap((table) => columnsOf(table)), tables: tables.map((table) => presentTable(table)) };
  }
}

const columnsOf = ({ module, name: table, columns }: MappedTable): DataMapColumnResponse[] =>
  columns.map(({ name: column, type, rule: { category, treatment, reason, identifies } }) => ({
    module,
    table,
    column,
    type,
    category,
    treatment,
    reason,
    identifies,
  }));

function presentTable({ module, name: table, rule }: MappedTable): DataMapTableResponse {
  if (rule.kind !== 'OF_CUSTOMER')
    return { module, table, rule: rule.kind, reason: rule.reason, erasesRows: 'NONE', sealedAs: null };
  const { eraseRows, sealed } = rule;
  const erasesRows = eraseRows === undefined ? 'NONE' : eraseRows.when === undefined ? 'ALL' : 'SOME';
  const sealedAs = sealed?.ground.retentionClass ?? null;
  return { module, table, rule: rule.kind, reason: eraseRows?.reason ?? null, erasesRows, sealedAs };
}
