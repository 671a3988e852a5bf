import { ROLES } from '../../../platform/database/roles';
import { TRIPWIRES } from '../../../platform/database/tripwire';

/** A catalogue fact that makes the log append-only, or that could undo it. */
export interface DefenceFact {
  /** the object of the fact, such as `trigger audit.entry refuse_update` */
  readonly object: string;
  /** the definition in the catalogue */
  readonly fact: string;
}

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

const digest = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

const FUNCTION_TEXT = `concat_ws(' ', l.lanname, CASE WHEN p.prosecdef THEN 'DEFINER' ELSE 'INVOKER' END,
    p.proconfig::text, ${digest('p.prosrc')})`;

/**
 * Selects the schema `audit` as the catalogues describe it, the rights of the product's roles over it, and the objects
 * that refuse changes of documents and customers. Every existing object is selected, so that additions show as well as
 * omissions. NOT NULL is reported with the columns, because PostgreSQL 18 lists it among the constraints and earlier
 * versions do not. Constraints are reported without redundant parentheses, because a dump and its restore change those.
 */
export const DEFENCE_FACTS = `
  WITH relation AS (
    SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relpersistence,
      c.relrowsecurity OR c.relforcerowsecurity AS has_row_security,
      'audit.' || c.relname AS name
    FROM pg_class c WHERE c.relnamespace = to_regnamespace('audit')
  ), routine AS (
    SELECT p.oid, p.proowner, p.proacl,
      format('audit.%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) AS name, ${FUNCTION_TEXT} AS text
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = to_regnamespace('audit')
  ), acl AS (
    SELECT 'schema audit' AS name, n.nspowner AS owner, coalesce(n.nspacl, acldefault('n', n.nspowner)) AS acl
      FROM pg_namespace n WHERE n.nspname = 'audit'
    UNION ALL SELECT r.name, r.relowner, coalesce(r.relacl, acldefault('r', r.relowner)) FROM relation r
    WHERE r.relkind NOT IN ('i', 'I')
    UNION ALL SELECT format('%s (%s)', r.name, a.attname), r.relowner, a.attacl FROM relation r
    JOIN pg_attribute a ON a.attrelid = r.oid
    UNION ALL SELECT f.name, f.proowner, coalesce(f.proacl, acldefault('f', f.proowner)) FROM routine f
  )
  SELECT 'schema audit' AS object, 'owned by ' || pg_get_userbyid(n.nspowner) AS fact FROM pg_namespace n
  WHERE n.nspname = 'audit'
  UNION ALL
  SELECT CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
      WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'relation' END || ' ' || r.name,
    concat_ws(', ', 'owned by ' || pg_get_userbyid(r.relowner), CASE WHEN r.relpersistence <> 'p' THEN 'not logged' END,
      CASE WHEN r.has_row_security THEN 'row security' END)
    FROM relation r WHERE r.relkind NOT IN ('i', 'I')
  UNION ALL
  SELECT format('column %s.%s', r.name, a.attname),
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
      CASE a.attgenerated WHEN '' THEN NULL ELSE 'GENERATED' END,
        CASE a.attidentity WHEN '' THEN NULL ELSE 'IDENTITY' END,
      pg_get_expr(d.adbin, d.adrelid))
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE r.relkind NOT IN ('i', 'I')
  UNION ALL
  SELECT format('constraint %s on %s', k.conname, coalesce(r.name, k.conrelid::regclass::text)),
    pg_get_constraintdef(k.oid, true)
    FROM pg_constraint k LEFT JOIN relation r ON r.oid = k.conrelid
    WHERE k.contype <> 'n' AND (r.oid IS NOT NULL OR k.confrelid IN (SELECT oid FROM relation))
  UNION ALL
  SELECT 'index ' || r.name, pg_get_indexdef(r.oid) || CASE WHEN i.indisvalid AND i.indisready
    AND i.indislive THEN '' ELSE ' INVALID' END
    FROM relation r JOIN pg_index i ON i.indexrelid = r.oid
  UNION ALL
  SELECT format('trigger %s on %s', t.tgname, r.name), format('%s %s', t.tgenabled, pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
  UNION ALL
  SELECT format('rule %s on %s', w.rulename, r.name), '' FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
  UNION ALL
  SELECT format('policy %s on %s', y.polname, r.name), '' FROM pg_policy y JOIN relation r ON r.oid = y.polrelid
  UNION ALL
  SELECT format('inheritance of %s from %s', h.inhrelid::regclass, h.inhparent::regclass), ''
    FROM pg_inherits h WHERE h.inhrelid IN (SELECT oid FROM relation) OR h.inhparent IN (SELECT oid FROM relation)
  UNION ALL
  SELECT 'function ' || f.name, format('owned by %s, %s', pg_get_userbyid(f.proowner), f.text) FROM routine f
  UNION ALL
  SELECT format('grant of %s on %s to %s', g.privilege_type, a.name,
    CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END),
    CASE WHEN bool_or(g.is_grantable) THEN 'with grant option' ELSE '' END
    FROM acl a, aclexplode(a.acl) AS g WHERE g.grantee <> a.owner GROUP BY 1
  UNION ALL
  SELECT format('default privileges of %s on %s%s', pg_get_userbyid(d.defaclrole),
    CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' ELSE 'schemas' END,
      CASE d.defaclnamespace WHEN 0 THEN '' ELSE ' in audit' END), d.defaclacl::text
    FROM pg_default_acl d
    WHERE d.defaclnamespace = to_regnamespace('audit') OR d.defaclnamespace = 0
      AND pg_get_userbyid(d.defaclrole) = 'lethe_owner'
  UNION ALL
  SELECT 'role ' || o.rolname, concat_ws(' ', CASE WHEN o.rolsuper THEN 'SUPERUSER' END,
    CASE WHEN o.rolcreaterole THEN 'CREATEROLE' END,
      CASE WHEN o.rolcreatedb THEN 'CREATEDB' END, CASE WHEN o.rolreplication THEN 'REPLICATION' END,
        CASE WHEN o.rolbypassrls THEN 'BYPASSRLS' END,
      CASE WHEN o.rolcanlogin AND o.rolname = 'lethe_owner' THEN 'LOGIN' END,
      CASE WHEN has_parameter_privilege(o.oid, 'session_replication_role',
        'SET') THEN 'may set session_replication_role' END)
    FROM pg_roles o WHERE o.rolname IN (${list(ROLES)})
  UNION ALL
  SELECT DISTINCT format('membership of %s in %s', pg_get_userbyid(m.member), pg_get_userbyid(m.roleid)),
      CASE WHEN m.admin_option THEN 'with admin option' ELSE '' END
    FROM pg_auth_members m WHERE pg_get_userbyid(m.member) IN (${list(ROLES)})
  UNION ALL
  SELECT 'setting session_replication_role of ' || CASE s.setrole WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(s.setrole) END, v.value
    FROM pg_db_role_setting s, unnest(s.setconfig) AS v(value)
    WHERE v.value LIKE 'session\\_replication\\_role=%'
      AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      AND (s.setrole = 0 OR pg_get_userbyid(s.setrole) IN (${list(ROLES)}))
  UNION ALL
  SELECT format('trigger %s on %s', t.tgname, c.relname),
    concat_ws(' ', t.tgenabled, regexp_replace(pg_get_triggerdef(t.oid), ' WHEN \\(.*\\) EXECUTE ', ' WHEN … EXECUTE '),
      (SELECT 'but for ' || string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute a
        WHERE t.tgname = 'refuse_change' AND a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND strpos(pg_get_triggerdef(t.oid),
            format('old.%I IS DISTINCT', a.attname)) + strpos(pg_get_triggerdef(t.oid),
              format('new.%I IS DISTINCT', a.attname)) = 0))
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND t.tgname ~ '^(refuse|prove)_'
  UNION ALL
  SELECT format('function %s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
    format('owned by %s, %s', pg_get_userbyid(p.proowner), ${FUNCTION_TEXT})
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronamespace = 'public'::regnamespace AND (p.proname ~ '^(refuse|prove)_' OR p.proname = 'is_issued')
  UNION ALL
  SELECT 'event trigger ' || e.evtname,
    concat_ws(', ', e.evtevent, e.evtenabled, array_to_string(e.evttags, ' '), ${digest('p.prosrc')},
      CASE WHEN NOT o.rolsuper THEN 'owned by ' || o.rolname END)
    FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_roles o ON o.oid = p.proowner
    WHERE e.evtname IN (${list(Object.values(TRIPWIRES))})`;
