export { DataMap, type CustomerTable, type EntitiesByModule, type MappedColumn, type MappedTable } from './data-map';
export { renderDataMap } from './data-map.document';
export { DataMapModule } from './data-map.module';
export { Erasure, type IdentifiersByCustomer } from './erasure';
