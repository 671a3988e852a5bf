import { AppShell, Burger, Button, Group, Menu, NavLink, ScrollArea, Text, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import {
  NavigationType,
  NavLink as RouterLink,
  Outlet,
  useLocation,
  useNavigation,
  useNavigationType,
} from 'react-router';
import { useEmployee, useSession } from '../session/session';
import { Loading } from '../ui/queried';
import { chooseLanguage, LANGUAGES, useWords } from '../words/words';
import { addressOf, PAGES } from './pages';
import classes from './shell.module.css';

const PasswordDialog = lazy(async () => ({ default: (await import('../session/password-dialog')).PasswordDialog }));

/** Header, menu and page. Each role has its own menu. */
export function Shell() {
  const { t } = useWords();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const isSamePage = useNavigationType() === NavigationType.Replace; // such as a switch to another tab
  const main = useRef<HTMLElement>(null);
  const shownAt = useRef(pathname);
  useEffect(() => {
    close();
    // so that screen readers announce the new page
    if (shownAt.current !== pathname && !isSamePage) main.current?.focus();
    shownAt.current = pathname;
  }, [pathname, isSamePage, close]);
  const isLoading = useNavigation().state === 'loading';
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a href="#main" className={classes.skip}>
        {t('skip')}
      </a>
      <AppShell.Header className="no-print">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.open')} />
            <img src="/lethe.svg" alt="" width={26} height={26} />
            <Text fw={700}>{t('product')}</Text>
          </Group>
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print" aria-label={t('nav.label')}>
        <ScrollArea>
          <Navigation />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {isLoading ? <Loading /> : <Outlet />}
      </AppShell.Main>
    </AppShell>
  );
}

function Navigation() {
  const { t } = useWords();
  const { role } = useEmployee();
  const { pathname } = useLocation();
  return PAGES.map(({ name, pages }) => {
    const mine = pages.filter((page) => page.nav !== undefined && page.roles.includes(role));
    if (mine.length === 0) return null;
    return (
      <div key={name} role="group" aria-labelledby={`nav-${name}`}>
        <Text id={`nav-${name}`} size="xs" c="dimmed" px="sm" pt="sm" pb={4}>
          {t(`nav.${name}`)}
        </Text>
        {mine.map((page) => (
          <NavLink
            key={page.path}
            component={RouterLink}
            to={addressOf(page)}
            label={t(`nav.${page.nav}`)}
            active={pathname === addressOf(page) || pathname.startsWith(`${addressOf(page)}/`)}
          />
        ))}
      </div>
    );
  });
}

function UserMenu() {
  const { t, i18n } = useWords();
  const { displayName, role } = useEmployee();
  const { logOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isChangingPassword, { open: changePassword, close }] = useDisclosure();
  const opener = useRef<HTMLButtonElement>(null);
  const leavePassword = () => {
    close();
    opener.current?.focus();
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="subtle" size="compact-md" ref={opener}>
          {displayName} ({t(`role.${role}`)})
        </Button>
      </Menu.Target>
      {isChangingPassword && (
        <Suspense>
          <PasswordDialog onClose={leavePassword} />
        </Suspense>
      )}
      <Menu.Dropdown>
        <Menu.Label>{t('language.label')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={i18n.language === language}
            onClick={() => void chooseLanguage(language)}
          >
            {i18n.language === language ? '✓ ' : ''}
            {t(`language.${language}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('scheme.label')}</Menu.Label>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item key={scheme} aria-current={colorScheme === scheme} onClick={() => setColorScheme(scheme)}>
            {colorScheme === scheme ? '✓ ' : ''}
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={changePassword}>{t('session.changePassword')}</Menu.Item>
        <Menu.Item onClick={() => void logOut()}>{t('session.logOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
