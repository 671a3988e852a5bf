export { DataMap, type CustomerTable, type MappedColumn, type MappedTable } from './data-map';
export { DataMapModule } from './data-map.module';
export { Erasure, type IdentifiersByCustomer } from './erasure';
export { type PrintedStep, renderErasure } from './erasure.document';
export { loggedDataMap } from './logged-treatments';
export { type NamedNumber, NamedNumbers } from './named-numbers';
export { NumberCheck, numberCheckOf } from './number-check';
export { ProofScan } from './proof-scan';
export { type Reapplication, reapplications } from './reapplication-statements';
