import { CustomerRecords } from '../../records';
import { enrollments } from './enrollment.record';

export class EnrollmentsController extends CustomerRecords(enrollments) {}
