"""Imported by Python itself in the processes of one test: some texts become a trap for whoever reads them."""

import importlib.util
import os
import sys
import time


class _Traps:
    """Sets the traps as soon as the module that reads texts has been imported."""

    def find_spec(self, name, path=None, target=None):
        if name != "tallybook.scan.work":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        usual = spec.loader.exec_module

        def exec_module(module):
            usual(module)
            _set(module)

        spec.loader.exec_module = exec_module
        return spec


def _set(work):
    usual, trapped = work._content, os.environ["TALLYBOOK_TRAP"].split()

    def content(text):
        if text.id in trapped and "once" in trapped:
            struck = os.path.join(os.environ["TALLYBOOK_TRAPPED"], text.id)
            if not os.path.exists(struck):
                open(struck, "w").close()
                os.kill(os.getpid(), 9)
        elif text.id in trapped:
            time.sleep(600) if text.id == "t7" else os._exit(9)
        return usual(text)

    work._content = content


if any("spawn" in word or "multiprocessing" in word for word in sys.orig_argv):
    sys.meta_path.insert(0, _Traps())
