"""Every rule of a city's files, broken one at a time in a copy of Beijing: one line that says where and what."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import TournamentModel
from sim.city import City, CityError
from sim.city_fields import FIELDS, MAY_BE_EMPTY
from sim.city_files import DATA, Field, find_folder, parse_table
from sim.city_settings import parse_settings

FILES = ("city.toml", *FIELDS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a copy of Beijing's files."""
    copy = tmp_path / "mine"
    copy.mkdir()
    for file in FILES:
        shutil.copyfile(DATA / "beijing" / file, copy / file)
    return copy


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def message(name_or_folder: str | Path) -> str:
    """Return what CityError says, on one line."""
    with pytest.raises(CityError) as caught:
        City.load(name_or_folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


BROKEN = [
    # cells
    ("streets.csv", "46956,", "-3,", "streets.csv, line 2, column population: '-3' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", "0,", "streets.csv, line 2, column population: '0' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", "4.5,", "streets.csv, line 2, column population: '4.5' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", " 46956,", "column population: ' 46956' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", "many,", "streets.csv, line 2, column population: 'many' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", ",", "streets.csv, line 2, column population: '' must be a whole number ≥ 1"),
    ("streets.csv", "46956,", "1_000,", "line 2, column population: '1_000' must be a whole number"),
    ("streets.csv", "46956,", "9" * 5000 + ",", "line 2, column population: '9999"),
    ("streets.csv", "东华门街道", "", "streets.csv, line 2, column name_zh: '' must be some text"),
    (
        "streets.csv",
        "subdistrict",
        "village",
        "column kind: 'village' must be one of subdistrict, area, town, township",
    ),
    ("streets.csv", "estimate", "guess", "line 2, column population_basis: 'guess' must be one of census, estimate"),
    ("streets.csv", "estimate", '"a\nb"', "line 3, column population_basis: 'a b' must be one of census, estimate"),
    ("streets.csv", "39.91609", "139.9", "line 2, column lat: '139.9' must be a number from -90 to 90 or empty"),
    ("streets.csv", "39.91609", "", "line 2, column lat: '' must be given, or both lon and lat left out"),
    ("streets.csv", "39.91609", "nan", "line 2, column lat: 'nan' must be a number from -90 to 90 or empty"),
    ("categories.csv", ",0.12,", ",nan,", "line 2, column share: 'nan' must be a number from 0 to 1"),
    ("categories.csv", ",0.12,", ",inf,", "line 2, column share: 'inf' must be a number from 0 to 1"),
    ("categories.csv", ",160,", ",0,", "line 2, column minutes: '0' must be a number from 1 to 10000"),
    ("categories.csv", ",7,160", ",8,160", "line 2, column deadline_days: '8' must be 1, 7 or 15"),
    ("categories.csv", ",housing,", ",houses,", "column dimension: 'houses' must be one of childcare, education"),
    ("categories.csv", "sanitation,", "Street waste,", "line 3, column name: 'Street waste' must be a snake_case word"),
    (
        "districts.csv",
        ",core,",
        ",centre,",
        "districts.csv, line 2, column zone: 'centre' must be one of core, urban_exp",
    ),
    # within a table
    (
        "streets.csv",
        "110101002,",
        "110101001,",
        "line 3, column code: '110101001' must not appear twice (also in line 2)",
    ),
    ("districts.csv", "110102,", "110101,", "districts.csv, line 3, column code: '110101' must not appear twice"),
    (
        "districts.csv",
        "Xicheng",
        "Dongcheng",
        "districts.csv, line 3, column district: 'Dongcheng' must not appear twice",
    ),
    ("categories.csv", "sanitation,", "heating,", "column name: 'heating' must not appear twice (also in line 3)"),
    ("categories.csv", ",0.12,", ",0.13,", "categories.csv, column share: the rows must add to 1, not to 1.01"),
    (
        "categories.csv",
        ",0.9,0.1,",
        ",0.8,0.1,",
        "line 2, column share_street: '0.8' must add to 1 with share_department",
    ),
    (
        "categories.csv",
        ",0.085,0.009,",
        ",0.6,0.5,",
        "line 2, column level_city: '0.5' must not exceed 1 together with",
    ),
    (
        "categories.csv",
        "housing,0.2,0.95,",
        "housing,0.2,0.96,",
        "line 2, column season_1: '0.96' must have mean 1 with the other",
    ),
    ("departments.csv", "law_enforcement,", "traffic_police,", "column code: 'traffic_police' must not appear twice"),
    # between tables
    (
        "streets.csv",
        "Dongcheng",
        "Dongchen",
        "line 2, column district: 'Dongchen' must be a district of districts.csv (did",
    ),
    (
        "streets.csv",
        "46956,",
        "46957,",
        "districts.csv, line 2, column population_2020: '708829' must be the sum of Dong",
    ),
    (
        "categories.csv",
        "housing_commission",
        "housing_comission",
        "must name codes of departments.csv of kind department",
    ),
    (
        "categories.csv",
        "housing_commission",
        "",
        "line 2, column department: '' must name a code of departments.csv, since",
    ),
    ("categories.csv", "bus_group|metro", "traffic_police", "column enterprise: 'traffic_police' must name codes of"),
    ("categories.csv", "bus_group|metro", "metro|metro", "column enterprise: 'metro|metro' must not name a code twice"),
    (
        "categories.csv",
        "bus_group|metro",
        "metro",
        "column code: 'bus_group' must be named by a category in categories",
    ),
    (
        "street_neighbours.csv",
        "110101011",
        "7",
        "street_neighbours.csv, line 2, column code_b: '7' must be a code of str",
    ),
    ("street_neighbours.csv", "110101011", "110101001", "column code_b: '110101001' must differ from code_a"),
    (
        "street_neighbours.csv",
        "110101001,110102001",
        "110101011,110101001",
        "line 3, column code_b: '110101001' must not be",
    ),
    (
        "published.csv",
        "dispatched,2018,,1.725,million",
        "dispatched,2018,,1725,thousand",
        "column unit: 'thousand' must be",
    ),
    (
        "published.csv",
        "2019,1,53.09",
        "2019,1.5,53.09",
        "line 2, column month: '1.5' must be a whole number from 1 to 12",
    ),
    ("published.csv", "2019,1,53.09", "2019,1,-5309", "line 2, column value: '-5309.0' must be a number from 0 to 100"),
    ("published.csv", "dispatched,2018,,1.725", "dispatched,2018,,1e300", "must be above 0 and at most 10000"),
    ("published.csv", "dispatched,2018,,1.725", "dispatched,2018,,0", "column value: '0.0' must be above 0"),
    (
        "published.csv",
        "dispatched,2018,,",
        "dispatched,2018,3,",
        "column month: '3.0' must be empty for metric dispatched",
    ),
    (
        "published.csv",
        "dispatched,2018",
        "dispatched,2019",
        "column year: '2019' must not appear twice for metric disp",
    ),
    (
        "published.csv",
        "derived\n",
        "perhaps\n",
        "column confidence: 'perhaps' must be one of published, derived, recalled",
    ),
    ("published_districts.csv", "Chaoyang", "Chaoyan", "line 2, column district: 'Chaoyan' must be a district of"),
    # headers and rows
    ("streets.csv", "population,", "people,", "streets.csv, line 1: column 'population' is missing"),
    ("streets.csv", "kind", "district", "streets.csv, line 1: column 'district' must not appear twice"),
    ("streets.csv", "46956,", "", "streets.csv, line 2: 8 cells, must be 9 as in the header"),
    ("streets.csv", "东华门街道", '"东"华门街道', "streets.csv, line 2: not valid csv"),
    # settings
    ("city.toml", "name =", "nam =", "city.toml, key 'nam' is unknown (did you mean 'name'?); known: name, label_en"),
    ("city.toml", 'name = "beijing"', "", "city.toml, key name is missing"),
    ("city.toml", '"beijing"', "7", "city.toml, key name: 7 must be some text"),
    ("city.toml", 'name = "beijing"', 'name = "', "city.toml: must be valid toml ("),
    ("city.toml", "[weekday]", "[weekdays]", "city.toml, key 'weekdays' is unknown (did you mean 'weekday'?)"),
    ("city.toml", "low =", "lowest =", "city.toml, key 'weekday.lowest' is unknown (did you mean 'low'?)"),
    ("city.toml", "low = 0.6", "", "city.toml, key weekday.low is missing"),
    ("city.toml", "low = 0.6", "low = -1", "city.toml, key weekday.low: -1 must be a number from 0 to 7"),
    ("city.toml", "low = 0.6", "low = 0.9", "must lie from 0.9 to 1.3, as low and high say"),
    ("city.toml", "1.12, ", "1.22, ", "must have mean 1, not 1.01428571"),
    (
        "city.toml",
        "1.12, ",
        "",
        "city.toml, key weekday.factors: [1.08, 1.06, 1.04, 1.02, 0.86, 0.82] must be 7 numbers",
    ),
    ("city.toml", "1.12, ", "nan, ", "must be 7 numbers from 0 to 7"),
    ("city.toml", 'source = "', 'source = "" # ', "city.toml, key weekday.source: '' must be some text"),
    ("city.toml", "[weekday]", "streets = [1]\n[weekday]", "city.toml, key streets: must come with the key extends"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN, ids=lambda value: str(value)[:40])
def test_a_broken_rule_is_said_in_one_line(folder: Path, file: str, old: str, new: str, said: str) -> None:
    change(folder, file, old, new)
    assert said in message(folder)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert message(folder).startswith(f"{file} is missing or cannot be read in '")


@pytest.mark.parametrize("file", FIELDS)
def test_an_empty_file_is_named(folder: Path, file: str) -> None:
    header = (folder / file).read_text(encoding="utf-8").splitlines()[0]
    rest = "" if file in MAY_BE_EMPTY else " and at least one row"
    for text in ("", header + "\n")[: 1 if file in MAY_BE_EMPTY else 2]:
        (folder / file).write_text(text, encoding="utf-8")
        assert message(folder) == f"{file} is empty: it must have a header{rest}"


def test_a_city_without_borders_or_results_of_districts_is_a_city(folder: Path) -> None:
    for file in MAY_BE_EMPTY:
        header = (folder / file).read_text(encoding="utf-8").splitlines()[0]
        (folder / file).write_text(header + "\n", encoding="utf-8")
    city = City.load(folder)
    assert len(city.borders) == len(city.published_districts) == 0
    assert city.neighbours.number_of_nodes() == 343 and city.neighbours.number_of_edges() == 0
    assert any(note.startswith("For 343 of 343 streets no neighbour is known") for note in city.notes)
    model = TournamentModel(city, seed=1, scale=0.005)
    assert model.run(1).monthly()["problems"].iloc[0] > 0
    assert len(city.split(2).streets) == 686


def test_more_categories_than_a_ticket_can_name_are_refused(folder: Path) -> None:
    header, first, *rest = (folder / "categories.csv").read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    rows = [",".join([f"kind_{i}", *cells[1:3], "0", *cells[4:]]) for i in range(256 - 1 - len(rest))]
    (folder / "categories.csv").write_text("\n".join([header, first, *rest, *rows]) + "\n", encoding="utf-8")
    assert message(folder) == "categories.csv: 256 rows, must be at most 255"
    (folder / "categories.csv").write_text("\n".join([header, first, *rest, *rows[1:]]) + "\n", encoding="utf-8")
    assert len(City.load(folder).categories) == 255


def test_a_month_in_which_nobody_files_is_refused(folder: Path) -> None:
    table = pd.read_csv(folder / "categories.csv")
    table["season_3"] += table["season_2"]
    table["season_2"] = 0
    table.to_csv(folder / "categories.csv", index=False)
    said = "categories.csv, column season_2: must be above 0 for a category with a share above 0"
    assert message(folder) == said


@pytest.mark.parametrize("file", ["city.toml", "streets.csv", "districts.csv"])
def test_other_encodings_are_refused(folder: Path, file: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    line = next(i for i, row in enumerate(text.splitlines(), 1) if not row.isascii())
    (folder / file).write_bytes(text.encode("gb18030"))
    assert message(folder).startswith(f"{file}, line {line}: must be UTF-8 (byte 0x")


def test_weekday_must_be_a_table() -> None:
    data = b'name = "x"\nlabel_en = "x"\nlabel_zh = "x"\nweekday = 7\n'
    with pytest.raises(
        CityError, match=r"^city\.toml, key weekday: 7 must be a table with factors, high, low, source$"
    ):
        parse_settings(data)


def test_no_dispatched_volume_is_an_error(folder: Path) -> None:
    text = (folder / "published.csv").read_text(encoding="utf-8").replace("dispatched,", "sent,")
    (folder / "published.csv").write_text(text, encoding="utf-8")
    assert message(folder) == "published.csv, column metric: must hold dispatched for at least one year"


def test_byte_order_marks_blank_lines_and_further_columns_do_no_harm(folder: Path) -> None:
    text = (folder / "departments.csv").read_text(encoding="utf-8")
    rows = [row + ",x" for row in text.splitlines()]
    (folder / "departments.csv").write_text("\ufeff" + "\r\n\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")
    assert list(City.load(folder).departments["code"]) == list(City.load("beijing").departments["code"])


@pytest.mark.parametrize("name", ["bejing", "Beijing", "", ".", "shanghai"])
def test_an_unknown_name_names_the_known_ones(name: str) -> None:
    said = message(name)
    assert said.startswith(f"city '{name}' is unknown") and "; known: beijing, small; a folder needs a '/'" in said
    assert ("did you mean 'beijing'" in said) == (name.lower() in ("bejing", "beijing"))


def test_a_path_is_a_folder_and_not_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert find_folder("small") == DATA / "small"
    assert City.load("./mine").name == City.load(Path("mine")).name == City.load(str(folder)).name == "beijing"
    assert message("./beijing") == "the city's folder 'beijing' does not exist"
    assert message(Path("beijing")) == "the city's folder 'beijing' does not exist"


def extending(tmp_path: Path, more: str = "") -> Path:
    """Return a folder whose city.toml extends Beijing."""
    (tmp_path / "city.toml").write_text(f'name = "x"\nlabel_en = "X"\nlabel_zh = "某"\n{more}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "city.toml, key weekday is missing"),
        ('extends = "bejing"', "city 'bejing' is unknown (did you mean 'beijing'?)"),
        ('extends = "./nowhere"', "nowhere' does not exist"),
        ('extends = "small"', "city.toml, key extends: 'small' must not itself extend a city"),
        ("extends = 3", "city.toml, key extends: 3 must be some text"),
        ('extends = "beijing"\nstreets = []', "city.toml, key streets: [] must be a list of street codes"),
        ('extends = "beijing"\nstreets = ["a"]', "city.toml, key streets: ['a'] must be a list of street codes"),
        ('extends = "beijing"\nstreets = [110101001, 7]', "city.toml, key streets: 7 must be a code of streets.csv"),
        ('extends = "beijing"\nstreets = [110101001, 110101001]', "key streets: 110101001 must not appear twice"),
    ],
)
def test_faults_of_extending_cities(tmp_path: Path, more: str, said: str) -> None:
    assert said in message(extending(tmp_path, more))


def test_an_extending_city_may_replace_its_categories_but_not_its_streets(tmp_path: Path) -> None:
    folder = extending(tmp_path, 'extends = "beijing"')
    for file in ("categories.csv", "departments.csv"):
        shutil.copyfile(DATA / "beijing" / file, folder / file)
    change(folder, "categories.csv", ",160,", ",170,")
    city = City.load(folder)
    assert city.categories["minutes"][0] == 170 and len(city.streets) == 343
    shutil.copyfile(DATA / "beijing" / "streets.csv", folder / "streets.csv")
    said = "city.toml, key extends: streets.csv must not lie beside it, only categories.csv and departments.csv may"
    assert message(folder) == said


@given(st.integers(-(10**17), 10**17))
def test_whole_numbers_are_read_as_written(number: int) -> None:
    assert Field(int).parse(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_written(number: float) -> None:
    assert Field(float).parse(repr(number)) == number


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_raise_anything_but_city_error(data: bytes) -> None:
    for read in (parse_settings, lambda data: parse_table("districts.csv", data, FIELDS["districts.csv"])):
        try:
            read(data)
        except CityError as error:
            assert "\n" not in str(error)


@given(st.text())
def test_no_cell_raises_anything_but_city_error(cell: str) -> None:
    quoted = cell.replace('"', '""')
    for column in FIELDS["streets.csv"]:
        data = f'{column}\n"{quoted}"\n'.encode(errors="replace")
        try:
            parse_table("streets.csv", data, {column: FIELDS["streets.csv"][column]})
        except CityError as error:
            assert "\n" not in str(error) and str(error).startswith("streets.csv")
