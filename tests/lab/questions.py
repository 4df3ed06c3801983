"""What tests ask of the notebook that is open in JupyterLab, of its model: what is painted comes later."""

RUN_MILLISECONDS = 90_000

READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  return !!panel?.sessionContext?.isReady && panel.sessionContext.session?.kernel?.status === 'idle'
    && panel.content.model.cells.length > 0;
}"""
FINISHED = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.model.cells].filter(c => c.type === 'code');
  return cells.every(c => c.executionCount > 0) && panel.sessionContext.session.kernel.status === 'idle';
}"""
OUTPUTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
  .filter(c => c.type === 'code').flatMap(c => c.outputs.toJSON())"""
CLEAR = """() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"""
RUN_ALL = """() => window.jupyterapp.commands.execute('notebook:run-all-cells')"""
