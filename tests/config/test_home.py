import stat

from cryptography.fernet import Fernet

from huiyin.config.home import ensure_secrets, home, read_secrets


def test_home_follows_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "a" / ".." / "b"))

    assert home() == tmp_path / "b"


def test_home_default_lies_in_the_users_home(tmp_path, monkeypatch):
    monkeypatch.delenv("HUIYIN_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert home() == tmp_path / ".local" / "share" / "huiyin"


def test_secrets_are_made_once_for_the_owner_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "new"))

    first = ensure_secrets().read_bytes()
    path = ensure_secrets()

    assert path.read_bytes() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    Fernet(read_secrets()["private_keys"])


def test_secrets_of_the_environment_win(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.setenv("HUIYIN_SECRET_KEY", "from outside")
    ensure_secrets()

    found = read_secrets()

    assert found["secret_key"] == "from outside"
    assert found["private_keys"] != ""


def test_secrets_absent_read_as_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))

    assert read_secrets() == {"secret_key": "", "private_keys": ""}
