import { CareCase } from './care-case.entity';
import { DeviceLoan } from './device-loan.entity';
import { StockItem } from './stock-item.entity';

/** In order of erasure. */
export const DEVICE_ENTITIES = [CareCase, DeviceLoan, StockItem];
