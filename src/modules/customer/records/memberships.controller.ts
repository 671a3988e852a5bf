import { CustomerRecords } from '../../records';
import { memberships } from './membership.record';

export class MembershipsController extends CustomerRecords(memberships) {}
