namespace Tests.Data.Importers.Conversations;

/// <summary>Invented conversations in the published formats.</summary>
internal static class Samples
{
    /// <summary>
    /// ReDIAL with turns: movies of one title in two years, one without a year, an id of a wrong kind, a word linked by mistake.
    /// </summary>
    public static SampleFolder Redial() => new SampleFolder()
        .With(
            "movies.csv",
            "movieId,movieName",
            "101,Night Harbor  (1982)",
            "102,Night Harbor  (2011)",
            "103,\"Salt, Snow and Iron (1999)\"",
            "104,Who Rang%3F (2001)",
            "105,Paper Lions ",
            "106,Adored (1997)")
        .With(
            "id2info.json",
            """
            {"101": {"name": "Night Harbor (1982)", "genre": ["thriller", "drama"], "plot": "A ship waits.", "director": ["Ann Ode"], "writer": [], "star": ["Bo Fry", "Cy Gale"], "imdb_id": "tt0000101"},
             "103": {"name": "Salt, Snow and Iron (1999)", "genre": [], "plot": "", "director": [], "writer": [], "star": [], "imdb_id": "n/a"}}
            """)
        .With(
            "entity2id.json",
            """
            {"<http://dbpedia.org/resource/Night_Harbor_(film)>": 7, "<http://dbpedia.org/resource/Night_Harbor_(2011_film)>": 8, "<http://dbpedia.org/resource/Salt,_Snow_and_Iron>": 9,
             "<http://dbpedia.org/resource/Who_Rang%3F>": 10, "<http://dbpedia.org/resource/Paper_Lions_(perfume)>": 11, "<http://dbpedia.org/resource/Adored_(film)>": 12,
             "<http://dbpedia.org/resource/Bo_Fry>": 13}
            """)
        .With("item_ids.json", "[7, 8, 9, 10, 11, 12]")
        .With("turns.test.jsonl", RedialFirst, RedialSecond)
        .With("llm.tiny-model.test.jsonl", Reply(0, "1. Night Harbor (2011)\\n2. Paper Lions"), Reply(1, "I'm sorry."));

    public const string RedialFirst =
        """
        {"context": ["", "Hi, I adored Night Harbor (1982) with Bo Fry"], "resp": "Then see Night Harbor (2011) or paper lions", "rec": [8, 11], "entity": [8, 11], "prev_entity": [12, 13, 7], "dialog_id": "test_1", "turn_id": 11, "is_user": 0, "entity_name": ["x"], "input": "\nUser: Hi, I adored Night Harbor (1982) with Bo Fry\nSystem: "}
        """;

    public const string RedialSecond =
        """
        {"context": ["", "Hi, I adored Night Harbor (1982) with Bo Fry", "Then see Night Harbor (2011) or paper lions", "What else?"], "resp": "Salt, Snow and Iron (1999), and again Paper Lions. Who Rang? (2001) too", "rec": [9, 11], "entity": [], "prev_entity": [11, 12, 13, 8, 7], "dialog_id": "test_1", "turn_id": 13, "is_user": 0, "entity_name": [], "input": "\nUser: Hi, I adored Night Harbor (1982) with Bo Fry\nSystem: Then see Night Harbor (2011) or paper lions\nUser: What else?\nSystem: "}
        """;

    public static string Reply(int index, string text) => $$"""{"index": {{index}}, "prompt": "Recommend.", "resp": "{{text}}"}""";

    /// <summary>ReDIAL's own dialogues, with a stray number after an @.</summary>
    public const string RedialDialogue =
        """
        {"movieMentions": {"101": "Night Harbor  (1982)", "105": "Paper Lions ", "103": "Salt"}, "messages": [{"senderWorkerId": 5, "text": "I liked @101, on at @8pm", "turn_id": 0}, {"senderWorkerId": 6, "text": "@101 is good. Try @103 or @105!", "turn_id": 1}, {"senderWorkerId": 5, "text": "ok", "turn_id": 2}, {"senderWorkerId": 6, "text": "bye", "turn_id": 3}], "conversationId": "77", "respondentWorkerId": 6, "initiatorWorkerId": 5}
        """;

    /// <summary>INSPIRED: dialogues for training, turns for test, a model's replies with the publisher's matches.</summary>
    public static SampleFolder Inspired() => new SampleFolder()
        .With(
            "entity2id.json",
            """
            {"<http://dbpedia.org/resource/Moss-Man_(2002_film)>": 0, "<http://dbpedia.org/resource/Hollow_Sea>": 1, "<http://dbpedia.org/resource/Hollow_Sea_(franchise)>": 2,
             "<http://dbpedia.org/resource/Drama>": 3, "<http://dbpedia.org/resource/Grey/Lantern>": 4, "<http://dbpedia.org/resource/Una_Vale>": 5}
            """)
        .With("item_ids.json", "[0, 1, 2, 4]")
        .With("dialogues.train.jsonl", InspiredDialogue)
        .With("turns.test.jsonl", InspiredTurn)
        .With(
            "llm.m-4.test.jsonl",
            """
            {"index": 0, "prompt": "Recommend.", "resp": {"id": "c", "object": "chat.completion", "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}, "choices": [{"message": {"role": "assistant", "content": "1. Moss-Man\n2. Una Dale"}, "finish_reason": "stop", "index": 0}]}, "rec_list": [{"movie_name": "Moss-Man", "min_edit_distance": 1, "nearest_movie": "Moss Man"}, {"movie_name": "Una Dale", "min_edit_distance": 1, "nearest_movie": "Una Vale"}], "preference": "", "gt_list": ["Moss Man"], "prev_list": ["Hollow Sea"]}
            """);

    public const string InspiredDialogue =
        """
        [{"text": "Hello", "role": "RECOMMENDER", "movie": [], "entity_link": [], "entity_name": [], "movie_link": [], "movie_name": []}, {"text": "I like drama, and lantern", "role": "SEEKER", "movie": ["Lantern (1988)"], "entity_link": ["<http://dbpedia.org/resource/Drama>"], "entity_name": ["drama"], "movie_link": ["<http://dbpedia.org/resource/Grey/Lantern>"], "movie_name": ["Lantern"]}, {"text": "Then Hollow Sea, like Lantern", "role": "RECOMMENDER", "movie": ["Hollow Sea (1977)", "Like (2004)", "Lantern (1988)"], "entity_link": [], "entity_name": [], "movie_link": ["<http://dbpedia.org/resource/Grey/Lantern>", "<http://dbpedia.org/resource/Hollow_Sea>"], "movie_name": ["Lantern", "Hollow Sea"]}]
        """;

    public const string InspiredTurn =
        """
        {"context": ["", "Hi there", "I loved hollow sea"], "resp": "Moss-Man then, or more Hollow Sea", "rec": [0, 2], "entity": [], "prev_entity": [3, 4, 1], "dialog_id": "test_0", "turn_id": "test_2", "is_user": 0, "entity_name": [], "input": "\nSystem: Hi there\nUser: I loved hollow sea\nSystem: "}
        """;

    /// <summary>Reddit-Movie in the same format of turns: IMDb ids, a user and a time.</summary>
    public static SampleFolder Reddit() => new SampleFolder()
        .With("entity2id.json", """{"Night Harbor (1982)": "tt0000101", "The Paper Lions (2003)": "tt0000105"}""")
        .With("item_ids.json", """["tt0000101", "tt0000105"]""")
        .With(
            "turns.train.jsonl",
            """
            {"context": ["", "Anything like night harbor?"], "resp": "Paper Lions", "rec": ["tt0000105"], "entity": [], "prev_entity": ["tt0000101"], "dialog_id": 4, "turn_id": 9, "is_user": 0, "user_id": "u1", "utc_time": 1640995200, "input": "\nUser: Anything like night harbor?\nSystem: "}
            """,
            """{"context": ["", "a", "b"], "resp": "Thanks", "rec": [], "entity": [], "prev_entity": [], "dialog_id": 4, "turn_id": 10, "is_user": 1}""",
            """{"context": ["", "a", "b"], "resp": "Hm", "rec": [], "entity": [], "prev_entity": [], "dialog_id": 4, "turn_id": 11, "is_user": 0}""");
}
