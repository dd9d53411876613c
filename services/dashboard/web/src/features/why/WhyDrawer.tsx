import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Drawer } from '../../kit/Drawer';
import { useWords } from '../../kit/words';
import { WhyView } from './WhyView';
import { parseWhy, searchOfWhy, writeWhy, type WhyState } from '../../kit/figures/whyState';
import { words } from './words';

/** Why a value is as it is, over the page that showed it. Its address is that of the page about the value. */
export function WhyDrawer() {
  const text = useWords(words);
  const { why } = useSearch({ strict: false }) as { why?: string };
  const navigate = useNavigate();
  if (!why) return null;
  const state = parseWhy(why);
  const close = () =>
    void navigate({
      to: '.',
      search: ((search: object) => ({ ...search, why: undefined })) as never,
      resetScroll: false,
    });
  const change = (changed: Partial<WhyState>) => {
    const next = { ...state, ...changed };
    void navigate({
      to: '.',
      search: ((search: object) => ({ ...search, why: writeWhy(next) })) as never,
      mask: {
        to: '/why/$code',
        params: { code: next.code },
        search: searchOfWhy(next) as never,
        unmaskOnReload: true,
      },
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <Drawer title={text.title} isOpen onClose={close}>
      <Link to="/why/$code" params={{ code: state.code }} search={searchOfWhy(state) as never}>
        {text.wholePage}
      </Link>
      <WhyView state={state} heading="h3" onChange={change} />
    </Drawer>
  );
}
