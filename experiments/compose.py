"""Compose a configuration with Hydra, and turn its errors into one line."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hydra
from hydra.core.config_store import ConfigStore
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, MissingConfigException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments.design import points
from experiments.errors import BadInput, first_line, nearest
from experiments.factors import settings_at
from experiments.launchers import Jobs, Stopped, Sweep, check_launcher
from experiments.settings import Settings, settings_from

CONF = Path(__file__).parent.parent / "conf"
_FLAGS = ("-m", "--multirun", "--cfg", "--resolve", "--info", "--version", "--hydra-help")
_LISTED = 200  # values of a sweep that are checked one by one before any work


def _register() -> None:
    """Tell Hydra what no file can say: arms, labels, stages and precision take new names; every reform is there."""
    base = OmegaConf.create({"arms": {}, "labels": {}, "precision": {}, "stages": {}})
    for key in base:
        OmegaConf.set_struct(base[key], False)
    store = ConfigStore.instance()
    store.store(name="base", node=base)
    names = sorted(path.stem for path in (CONF / "reforms").glob("*.yaml"))
    store.store(group="reforms", name="all", node={"defaults": [f"{name}@{name}" for name in names]})


Task = Callable[[dict[str, Any], str], int]


def run_hydra(arguments: list[str], task: Task, sweep: Sweep) -> int:
    """Let Hydra compose the configuration (or each of a sweep) and run the task; return the worst exit code."""
    _register()
    jobs = Jobs(sweep, task)
    os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra raises instead of printing and leaving
    sys.argv = ["experiments.run", *flags_first(arguments)]
    try:
        hydra.main(version_base="1.3", config_path=str(CONF), config_name="config")(_job(jobs))()
    except Stopped as stopped:
        raise stopped.error from None
    except (HydraException, OmegaConfBaseException) as error:
        raise BadInput(_line(error)) from None
    except Exception as error:
        if sweep.launcher == "basic":
            raise
        jobs.ended = first_line(error)
    return jobs.code()


def flags_first(arguments: list[str]) -> list[str]:
    """Return a command with its flags in front, for Hydra takes them nowhere between settings."""
    return sorted(arguments, key=lambda word: not word.startswith("-"))


def _job(jobs: Jobs) -> Callable[[DictConfig], None]:
    """Return what Hydra calls for a job, here or on another machine."""

    def job(config: DictConfig) -> None:
        jobs.do(_plain(config), _experiment(), HydraConfig.get().job.get("num"))

    return job


def checked(arguments: list[str]) -> Sweep:
    """Check a command whole before any work: every key and value, each value of a sweep too. Raises BadInput."""
    _register()
    words = [word for word in arguments if not word.startswith("-")]
    for flag in (word.split("=")[0] for word in arguments if word.startswith("-")):
        if flag not in _FLAGS:
            raise BadInput(f"{flag}: unknown{nearest(flag, _FLAGS)}; settings are key=value, and -m makes a sweep")
    overrides = [_parsed(word) for word in words]
    for key in (one.get_key_element() for one in overrides):
        if key.startswith(("hydra.run.", "hydra.sweep.")):
            raise BadInput(f"{key}: cannot be set; results_dir says where results go")
    sweeps = [one for one in overrides if one.is_sweep_override()]
    many = bool({"-m", "--multirun"} & set(arguments))
    if sweeps and not many:
        raise BadInput(f"{sweeps[0].input_line}: several values need -m in front (python -m experiments.run -m …)")
    launcher = next((str(one.value()) for one in overrides if one.get_key_element() == "hydra/launcher"), "basic")
    check_launcher(launcher, many)
    fixed = [str(one.input_line) for one in overrides if not one.is_sweep_override()]
    firsts = [_values(one)[0] for one in sweeps]
    settings = _check(fixed + firsts)
    for place, sweep in enumerate(sweeps):
        others = firsts[:place] + firsts[place + 1 :]
        for value in _values(sweep)[1:]:
            _check([*fixed, *others, value])
    number = math.prod(sum(1 for _ in one.sweep_string_iterator()) for one in sweeps)
    return Sweep(launcher, number if many else 0, settings.results_dir)


def settings_of(words: list[str]) -> Settings:
    """Return the settings that words on the command line give, without running anything. Raises BadInput."""
    _register()
    for word in words:
        if _parsed(word).is_sweep_override():
            raise BadInput(f"{word}: only one value can be given here")
    return _check(words)


def _parsed(word: str) -> Override:
    try:
        (override,) = OverridesParser.create().parse_overrides([word])
    except (HydraException, OmegaConfBaseException):
        raise BadInput(f"'{word}' cannot be read; write key=value, with quotes around lists and texts") from None
    key = override.get_key_element()
    if (CONF / key).is_dir() and not override.is_sweep_override() and not isinstance(override.value(), (str, dict)):
        raise BadInput(f"{word}: must be the name of a file in conf/{key}, or change single keys like {key}.name=value")
    return override


def _values(sweep: Override) -> list[str]:
    key = sweep.get_key_element()
    try:
        found = [f"{key}={value}" for _, value in zip(range(_LISTED), sweep.sweep_string_iterator(), strict=False)]
    except (HydraException, OmegaConfBaseException):  # a glob
        raise BadInput(f"{sweep.input_line}: must list its values, like {key}=a,b") from None
    if not found:
        raise BadInput(f"{sweep.input_line}: the sweep is empty")
    return found


def _check(words: list[str]) -> Settings:
    GlobalHydra.instance().clear()
    try:
        with hydra.initialize_config_dir(config_dir=str(CONF), version_base="1.3"):
            config = hydra.compose(config_name="config", overrides=words, return_hydra_config=True)
            experiment = str(config.hydra.runtime.choices.get("experiment"))
            settings = settings_from(_plain(config), experiment)
            for name, stage in settings.all_stages.items():
                try:
                    design = points(stage)
                except BadInput as error:
                    raise BadInput(f"stages.{name}.{error}" if name else str(error)) from None
                for point in design:  # numbers in their ranges may still not fit together
                    if not all(varied.startswith("parameters.") for varied in point.values):
                        settings_at(stage, point.values)
            if settings.study:
                from experiments.studies import check_study  # draws too, and takes its time to import

                check_study(settings)
            return settings
    except (HydraException, OmegaConfBaseException) as error:
        raise BadInput(_line(error)) from None
    finally:
        GlobalHydra.instance().clear()


def _plain(config: DictConfig) -> dict[str, Any]:
    with_hydra = OmegaConf.masked_copy(config, [str(key) for key in config if key != "hydra"])
    out = OmegaConf.to_container(with_hydra, resolve=True)
    assert isinstance(out, dict)
    return {str(key): value for key, value in out.items()}


def _experiment() -> str:
    return str(HydraConfig.get().runtime.choices["experiment"])


def _line(error: Exception) -> str:
    """Return what Hydra or OmegaConf complains of in one line, with the nearest known name."""
    if isinstance(error, MissingConfigException) and error.missing_cfg_file:
        group, _, name = str(error.missing_cfg_file).rpartition("/")
        options = sorted(option for option in error.options or [] if option != "all")
        return f"{group}: unknown '{name}'{nearest(name, options)} (known: {', '.join(options)})"
    cause = error.__cause__ if isinstance(error.__cause__, OmegaConfBaseException) else error
    key = getattr(cause, "full_key", None)
    if key and "is not in struct" in str(cause):
        return f"{key}: unknown key{nearest(str(key), _known_keys())}"
    text = re.sub(r"\s+", " ", str(error).split("\n    full_key")[0]).strip()
    if cause is not error and text.startswith("Error merging override"):
        text = f"{text.removeprefix('Error merging override ')}: {first_line(cause)}"
    return text.replace("To append to your config use +", "to add it use +")


def _known_keys() -> list[str]:
    GlobalHydra.instance().clear()
    with hydra.initialize_config_dir(config_dir=str(CONF), version_base="1.3"):
        config = hydra.compose(config_name="config")
    return _dotted(OmegaConf.to_container(config), "")


def _dotted(node: Any, prefix: str) -> list[str]:
    if not isinstance(node, dict):
        return []
    found = []
    for key, value in node.items():
        found.append(f"{prefix}{key}")
        found += _dotted(value, f"{prefix}{key}.")
    return found
