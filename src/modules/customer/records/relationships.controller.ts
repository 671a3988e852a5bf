import { CustomerRecords } from '../../records';
import { relationships } from './relationship.record';

export class RelationshipsController extends CustomerRecords(relationships) {}
