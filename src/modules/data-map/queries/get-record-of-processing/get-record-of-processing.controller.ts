import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { DataMap } from '../../data-map';
import { LEFT_TO_THE_CONTROLLER, SECURITY_MEASURES } from '../../processing/activities';
import { recordOfProcessing } from '../../processing/record-of-processing';
import { RecordOfProcessingResponse } from './get-record-of-processing.response';

@ApiTags('data-map')
@Controller('records-of-processing')
export class GetRecordOfProcessingController {
  constructor(private readonly dataMap: DataMap) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({ summary: 'Record of processing activities (Art. 30 GDPR), from the data map' })
  @ApiOkResponse({ type: RecordOfProcessingResponse })
  handle(): RecordOfProcessingResponse {
    return {
      items: recordOfProcessing(this.dataMap.tables),
      securityMeasures: SECURITY_MEASURES,
      leftToTheController: LEFT_TO_THE_CONTROLLER,
    };
  }
}
