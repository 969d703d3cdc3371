namespace NSft.Data.Tests.Formats;

/// <summary>Rows as each format's own tools write them, with spellings, number forms and further fields of their own.</summary>
internal static class FormatSamples
{
    public static readonly (string Format, string Row)[] Rows =
    [
        ("nsft", """{"id":"p-1","image":"a.jpg","question":"What is it?","chosen":"A cat.","rejected":"A dog.","score":0.50}"""),
        ("nsft", """{"id":7,"image_id":"b.jpg","question":"<image>\nWhat is it?","chosen":"A cat.","rejected":"A dog.","meta":{"a":[1,2,null]}}"""),
        ("nsft", """{"images":["c.jpg"],"question":"What?","answer":"A cat."}"""),
        ("nsft", """{"id":null,"image":"c.jpg","question":"What?","chosen":"","rejected":"é\u00e9 \ud83d\ude00"}"""),
        ("seva", """{"question":"Who wrote it?","chosen":"Ann","reject":"Bob","image_id":"0001047080.jpg"}"""),
        ("seva", """{"image":"x.png","question":"Who wrote it?","chosen":"Ann","reject":"Bob","step":500}"""),
        ("llava", """{"id":"000000033471","image":"coco/train2017/000000033471.jpg","conversations":[{"from":"human","value":"<image>\nWhat are the colors?"},{"from":"gpt","value":"White and red."},{"from":"human","value":"And now?"},{"from":"gpt","value":"Blue."}]}"""),
        ("llava", """{"id":12,"model":"gpt-4","conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello.","loss":false}]}"""),
        ("rlhf-v", """{"ds_name":"RLHF-V","image":{"bytes":"/9j/4A==","path":"llava1.5_raw_images_00013/a.jpg"},"text":"{\"question\": \"What?\", \"chosen\": \"A\\nb\", \"rejected\": \"c\", \"note\": 1}","origin_dataset":"Chat","origin_split":"train","idx":0,"image_path":"a.jpg"}"""),
        ("rlhf-v", """{"text":"{\"question\":\"What?\",\"chosen\":\"A\",\"rejected\":\"c\"}","image_path":"a.jpg","idx":1e2}"""),
        ("rlaif-v", """{"ds_name":"RLAIF-V","image":{"bytes":"iVBORw0=","path":null},"question":"What?","chosen":"a","rejected":"b","origin_dataset":"TextVQA","origin_split":"{\"model\": \"x\", \"type\": \"detailed\"}","idx":3,"image_path":"val/a.jpg"}"""),
        ("rlaif-v", """{"question":"What?","chosen":"a","rejected":"b","origin_dataset":"VQA","image":"a.jpg"}"""),
        ("trl", """{"prompt":"The sky is","chosen":" blue.","rejected":" green."}"""),
        ("trl", """{"chosen":"The sky is blue.","rejected":"The sky is green."}"""),
        ("trl", """{"images":[{"bytes":"/9j/4A==","path":null}],"prompt":[{"role":"user","content":[{"type":"image","text":null},{"type":"text","text":"What?"}]}],"chosen":[{"role":"assistant","content":[{"type":"text","text":"A cat."}]}],"rejected":[{"role":"assistant","content":[{"type":"text","text":"A dog."}]}],"idx":1}"""),
        ("trl", """{"image":"a.jpg","chosen":[{"role":"user","content":"What?"},{"role":"assistant","content":"A cat."}],"rejected":[{"role":"user","content":"What?"},{"role":"assistant","content":"A dog."}]}"""),
        ("trl", """{"prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"What?"}],"completion":[{"role":"assistant","content":"A cat."}],"label":true}"""),
        ("trl", """{"prompt":"What?","completion":"A dog.","label":false}"""),
        ("trl", """{"images":["a.jpg","b.jpg"],"messages":[{"role":"user","content":[{"type":"image"},{"type":"image"},{"type":"text","text":"Compare."}]},{"role":"assistant","content":[{"type":"text","text":"Same."}]}]}"""),
        ("ms-swift", """{"messages":[{"role":"system","content":"S"},{"role":"user","content":"<image>What?"},{"role":"assistant","content":"A cat.","loss":true}],"images":["a.jpg"],"rejected_response":"A dog.","channel":"vqa"}"""),
        ("ms-swift", """{"messages":[{"role":"user","content":"<image><image>Compare"},{"role":"assistant","content":"Same."}],"images":[{"bytes":null,"path":"a.jpg"},"b.jpg"],"rejected_messages":[{"role":"user","content":"<image><image>Compare"},{"role":"assistant","content":"Other."}],"rejected_images":["c.jpg"]}"""),
        ("ms-swift", """{"messages":[{"role":"user","content":"<image>What?"},{"role":"assistant","content":"A dog."}],"images":["a.jpg"],"label":false}"""),
        ("sima", """{"id":"1","image":"a.jpg","conversations":[{"from":"human","value":"<image>\nWhat?"},{"from":"gpt","value":"A cat."}],"rejected_conversations":[{"from":"human","value":"<image>\nWhat?"},{"from":"gpt","value":"A dog."}]}"""),
        ("sima", """{"id":2,"image":"a.jpg","conversations":[{"from":"human","value":"<image>\nWhat?"},{"from":"gpt","value":"A cat."},{"from":"human","value":"Sure?"},{"from":"gpt","value":"Yes."}],"rejected_conversations":[{"from":"human","value":"What?\n<image>"},{"from":"gpt","value":"A dog."},{"from":"human","value":"Sure?"},{"from":"gpt","value":"Yes."}]}"""),
        ("mllm-dpo", """{"image":"a.jpg","question":{"from":"human","value":"<image>\nWhat?"},"chosen":{"from":"gpt","value":"A cat."},"rejected":{"from":"gpt","value":"A dog."},"ref_win_logp":-12.5,"ref_rej_per_token_logp":[-1.0,-2.25]}"""),
        ("mllm-dpo", """{"image":"a.jpg","question":[{"from":"human","value":"What?"}],"chosen":[{"from":"gpt","value":"A cat."}],"rejected":[{"from":"gpt","value":"A dog."}]}"""),
    ];

    public static IEnumerable<string> Formats => Rows.Select(sample => sample.Format).Distinct();

    public static string[] Of(string format) => [.. Rows.Where(sample => sample.Format == format).Select(sample => sample.Row)];
}
