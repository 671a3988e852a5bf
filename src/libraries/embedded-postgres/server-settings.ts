const DEFAULTS: Readonly<Record<string, string>> = {
  max_connections: '60',
  shared_buffers: '256MB',
  // Amount of WAL that a large run writes between two checkpoints. After each checkpoint, PostgreSQL writes every
  // changed page in full once more.
  max_wal_size: '4GB',
  // A transaction that locks a record before its customer can deadlock with a run. The run then waits this long until
  // one of them is aborted.
  deadlock_timeout: '200ms',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'lethe',
};

/**
 * Cannot be overridden. The log settings keep personal values out of the server log. An ERROR message quotes the
 * offending input ("invalid input syntax for type date: …"), so errors are not logged at all (`log_min_messages=log`
 * keeps starts, stops, recovery, FATAL and PANIC); the application receives them anyway. The other settings drop
 * details, statements and parameters.
 */
const MANDATORY: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  lc_messages: 'C',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_lock_waits: 'off',
  log_checkpoints: 'off',
};

/** Command line of the server for these settings. It takes precedence over configuration files. */
export function serverArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries({ ...DEFAULTS, ...settings, ...MANDATORY }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}
