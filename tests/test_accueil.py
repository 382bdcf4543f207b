def test_home_answers_everyone(client, db):
    assert client.get("/").status_code == 200
