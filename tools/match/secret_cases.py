"""The cases of tests/vectors/secrets.json that people wrote: the text, why, and the rules that must find something."""

GH = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq17"
GH_BAD = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ" + "0mLq18"
AWS40 = "kR7xJp2QmZt9vLb4Wn8s" + "Yc3Hf6Gd1Aq5Ue0XoT+/"
BODY = "\n".join("MIIEowIBAAKCAQEAx9Yp0nQ" * 2 + "Kd7Zs3Lq" + str(i) * 3 + "abCdEfGhIjKl" for i in range(4))
KIND = "RSA PRIV" + "ATE KEY"
PEM = f"-----BEGIN {KIND}-----\n{BODY}\n-----END {KIND}-----"
JWT = "eyJhbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiI0MiJ9x" + "." + "gzSraSYS8EXBxLN_oWnFSRgCzcm"
NOT_JWT = "eyJ0eXAiOiJKV1QifQxx" + "." + "eyJzdWIiOiI0MiJ9x" + "." + "gzSraSYS8EXBxLN_oWnFSRgCzcm"
P, S, K = ["generic_password"], ["generic_secret"], ["generic_api_key"]


def case(name, why, text, find, options=None, mask=None):
    return {"id": name, "why": why, "text": text, "find": find, "options": options or {}, "mask": mask or {}}


GOLDEN = [
    case("github", "a valid checksum; four characters stay at each end of a provider's secret", GH, ["github_token"]),
    case("word-before", "no word may run into a secret", "x" + GH, []),
    case("monkey", "a key must end in a name as a word", "monkey=aG93ZHk0bXlm" + "cmllbmQ", []),
    case("public-key", "public keys are no secrets", 'public_key = "MFwwDQYJ' + 'KoZIhvcNAQEB"', []),
    case("escape-before", "backslash and n, as in JSON, is an edge", "log\\n" + GH, ["github_token"]),
    case("percent-before", "so is a percent escape", "a%3D" + GH, ["github_token"]),
    case(
        "within-assignment",
        "a provider's finding takes precedence over the assignment",
        "token=" + GH,
        ["github_token"],
    ),
    case("aws", "n // 8 bounds what stays visible", "AKIAIOSFOD" + "NN7ABCDEFG", ["aws_access_key"]),
    case("aws-example", "the key that AWS prints in its documentation", "AKIAIOSFOD" + "NN7EXAMPLE", []),
    case(
        "api-key",
        "the assignment is found where the provider's shape is a placeholder",
        'api_key = "AKIAIOSFOD' + 'NN7EXAMPLE_extraSECRETstuff123"',
        K,
    ),
    case("hunter2", "lower case and a digit", "password: hun" + "ter2", P),
    case("hunter2222", "the same, longer", "password: hun" + "ter2222", P),
    case("chinese", "spans and masks count code points", 'password = "密码密码' + 'Abc12345"', P),
    case("postgres", "the span is the password alone", "postgresql://app:s3c" + "r3tpw@db/x", ["database_url"]),
    case("mongodb-srv", "a scheme with a plus", "mongodb+srv://u:p4s" + "sw0rd@h", ["database_url"]),
    case("redis-no-user", "the user may be empty", "redis://:r3d" + "ispass@h:6379", ["database_url"]),
    case("aws-env", "context by the variable's name", "AWS_SECRET_ACCESS_KEY=" + AWS40, ["aws_secret_key"]),
    case("aws-json", "context through quotes", '"AWS_SECRET_ACCESS_KEY": "' + AWS40 + '"', ["aws_secret_key"]),
    case("aws-ini", "context with spaces", "aws_secret_access_key = '" + AWS40 + "'", ["aws_secret_key"]),
    case("prose-1", "prose", "password protected area", []),
    case("prose-2", "prose", "the secret ingredient is salt", []),
    case("prose-3", "prose", "Reset your password immediately", []),
    case("environment", "read from elsewhere", 'password = os.environ["PW"]', []),
    case("variable", "filled in later", "password: ${DB_PASSWORD}", []),
    case("angle-placeholder", "to be filled in", 'password="<your password>"', []),
    case("changeme", "to be changed", "password = changeme", []),
    case("your-api-key", "words of placeholders alone", "api_key: your-api-key-here", []),
    case("labels", "minified user interface", 'passwordLabel:"Password:",rememberMeLabel:"x"', []),
    case("upper-name", "letters alone behind UPPER_NAME=", "PASSWORD=white" + "duke", P),
]
MEANING = [
    case("empty", "nothing is in nothing", "", []),
    case("checksum-wrong", "a wrong checksum lowers confidence, no more", GH_BAD, ["github_token"]),
    case(
        "checksum-none",
        "72 characters have no checksum",
        "ghs_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" * 2,
        ["github_token"],
    ),
    case(
        "low-left-out",
        "min_confidence leaves assignments out",
        "password: hun" + "ter2",
        [],
        {"min_confidence": "medium"},
    ),
    case(
        "high-only", "only the valid checksum is high", GH + "\n" + GH_BAD, ["github_token"], {"min_confidence": "high"}
    ),
    case(
        "placeholder-shown",
        "placeholders are flagged when asked for",
        "AKIAIOSFOD" + "NN7EXAMPLE",
        ["aws_access_key"],
        {"include_placeholders": True},
    ),
    case(
        "rules-one",
        "rules that are off find nothing, and hide nothing",
        "token=" + GH,
        K,
        {"rules": ["generic_api_key"]},
    ),
    case("rules-none", "no rule, no finding", GH, [], {"rules": []}),
    case("rules-unknown", "a name that no rule has, and its place", "x", None, {"rules": ["github_token", "gitub"]}),
    case("confidence-unknown", "three words are allowed", "x", None, {"min_confidence": "sure"}),
    case("mask-dot", "any code point covers", "password: hun" + "ter2", P, None, {"mask_char": "•"}),
    case("mask-all", "nothing stays visible", GH, ["github_token"], None, {"visible_chars": 0}),
    case("mask-more", "never more than an eighth at each end", GH, ["github_token"], None, {"visible_chars": 64}),
    case("mask-empty", "one code point covers one", "x", None, None, {"mask_char": ""}),
    case("mask-two", "one code point covers one", "x", None, None, {"mask_char": "ab"}),
    case("mask-line-break", "a mask must not change the lines", "x", None, None, {"mask_char": "\n"}),
    case("mask-visible-negative", "0 to 64", "x", None, None, {"visible_chars": -1}),
    case("mask-visible-many", "0 to 64", "x", None, None, {"visible_chars": 65}),
    case(
        "mask-united",
        "spans that overlap are covered at once, and nothing of them stays",
        'token="' + GH + '.x9Kd7Zs3Lq"',
        ["generic_api_key", "github_token"],
    ),
    case("two-lines", "line numbers count LF", "a\r\nb\n" + GH + "\n" + GH, ["github_token"] * 2),
    case("astral", "UTF-16 counts two for a smile", "😀 password: hun" + "ter2", P),
    case("pem", "the whole block; its BEGIN and END lines stay in the mask", PEM, ["private_key"]),
    case("pem-escaped", "line breaks as backslash n", PEM.replace("\n", "\\n"), ["private_key"]),
    case("pem-strings", "a block in parts of a string", '"' + PEM.replace("\n", '" +\n"') + '"', ["private_key"]),
    case(
        "pem-cut",
        "no END line: to the end of the base64 lines, and less sure",
        PEM.partition("\n-----END")[0] + "\nand so on",
        ["private_key"],
    ),
    case(
        "pem-other-end",
        "the END line of another label ends nothing",
        PEM.replace("END RSA", "END EC") + "\n",
        ["private_key"],
    ),
    case("pem-empty", "a block without a body", f"-----BEGIN {KIND}-----\nabc\n-----END {KIND}-----", []),
    case("pem-public", "public keys are no secrets", PEM.replace("RSA PRIV" + "ATE", "PUBLIC"), []),
    case(
        "putty",
        "PuTTY's own form",
        "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 1\n" + BODY + "\nPrivate-MAC: 0f3a\nx",
        ["private_key"],
    ),
    case(
        "pem-base64",
        "the block in base64",
        "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ" + "pNSUlFb2dJQkFBS0NBUUVBb3kx" * 4,
        ["private_key_base64"],
    ),
    case(
        "certificate-base64",
        "a certificate in base64 is none",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg" + "pNSUlFb2dJQkFBS0NBUUVBb3kx" * 4,
        [],
    ),
    case("jwt", "three parts, the first of which names its algorithm", JWT, ["jwt_token"]),
    case("jwt-in-run", "a part may begin behind a hyphen", "x-" + JWT, ["jwt_token"]),
    case("not-jwt", "no algorithm", NOT_JWT, []),
    case("url-other", "any other scheme", "https://bob:Tr0ub4" + "dor@h/x", ["url_credentials"]),
    case("url-secret", "the word secret is a password of many servers", "amqp://u:sec" + "ret@h", ["database_url"]),
    case("url-placeholder", "pass is none", "https://user:pass@h", []),
    case("url-variable", "filled in later", "https://u:${PASS}@h https://u:%s@h https://u:{pw}@h https://u:<pw>@h", []),
    case(
        "url-two-hosts",
        "the host ends at a comma",
        "postgresql://user:s3cr" + "etpw@h1:1,user:s3cr" + "etpw@h2/x",
        ["database_url"],
    ),
    case("url-at", "the last @ ends the password", "redis://:p@ss" + "w0rd1@h", ["database_url"]),
    case("jdbc", "behind jdbc:", "jdbc:mysql://root:Qx7" + "vTz9@h/x", ["database_url"]),
    case("bearer", "entropy and a digit", "Authorization: Bearer mF_9.B5f-" + "4.1JqM", ["bearer_token"]),
    case("bearer-word", "no digit", "the bearer certificates-of-trust", []),
    case(
        "authorization",
        "another scheme of the header",
        "Authorization: GenieKey eb243592-faa2-4ba2" + "-a551q-1afdf565c889",
        ["bearer_token"],
    ),
    case(
        "basic", "base64 of name and password", "Authorization: Basic QWxhZGRpbj" + "pvcGVuIHNlc2FtZQ==", ["basic_auth"]
    ),
    case("basic-word", "letters that decode to nothing readable", "Basic authentication", []),
    case("curl", "the password behind -u", "curl -u bob:Tr0ub4" + "dor https://h", ["curl_user"]),
    case("docker-user", "numbers are no password", "docker run -u 1000:1000 image", []),
    case("netrc", "a file of ftp and curl", "machine h login bob password Tr0ub4" + "dor", ["netrc"]),
    case("command", "two flags together", "psexec -u bob -p dev" + "_adm1n cmd", ["command_password"]),
    case("command-port", "a port is no password", "x -u bob -p 8080:80", []),
    case(
        "connection",
        "a string that names a place and a user",
        "Server=h;User Id=bob;Password=team" + "ten;Database=d",
        ["connection_password"],
    ),
    case(
        "connection-alone", "without them it is an assignment, and no password by itself", "Password=team" + "ten;x", []
    ),
    case("call", "an argument of a known call", 'new NetworkCredential("bob", "Tr0ub4' + 'dor")', ["code_password"]),
    case("call-variable", "an argument that is no string", 'new NetworkCredential("bob", password)', []),
    case(
        "bcrypt",
        "a hash counts too",
        "$2a$12$R9h/cIPz0gi.URNNX3kh2O" + "PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
        ["password_hash"],
    ),
    case("yaml-typed", "a type stands between", 'password: str = "Tr0ub4' + 'dor"', P),
    case("xml", "an element", "<password>Tr0ub4" + "dor</password>", P),
    case("xml-attributes", "a name, then a value", '<add key="Password" value="Tr0ub4' + 'dor"/>', P),
    case("json-pairs", "the same in JSON", '{"name": "DB_PASSWORD", "value": "Tr0ub4' + 'dor"}', P),
    case("terraform", "the same in a block", 'variable "db_password" {\n  default = "Tr0ub4' + 'dor"\n}', P),
    case("pair", "two arguments", "define('DB_PASSWORD', 'Tr0ub4" + "dor')", P),
    case("pair-words", "two words", '("password", "passwordHash")', []),
    case("setter", "a call that sets", '.setPassword("Tr0ub4' + 'dor")', P),
    case("flag", "a flag of a command", "--password Tr0ub4" + "dor", P),
    case(
        "query",
        "a value in an address ends at &",
        "https://h/x?access_token=38bb7b318cc6898c" + "80317decb34525844bc9db55&x=1",
        K,
    ),
    case("said", "a sentence that tells it", 'The default password is "bloo' + 'berry".', P),
    case("spaced", "a key first on its line, its value in quotes", "  password 'Tr0ub4" + "dor'", P),
    case("string-key", "what ends in the string of its key is no value", "x = 'password=' + y + 'abc123'", []),
    case("in-string", "quotes with backslashes", '"{\\"password\\": \\"Tr0ub4' + 'dor\\"}"', P),
    case("inner-quotes", "quotes within quotes", "API_KEY='\"951bc382db9cfee2" + "9c68634761dd6e19\"'", K),
    case("npmrc", "an underscore before the key", "//registry.npmjs.org/:_authToken=x8Kd7Zs3" + "Lq9Wv2Bn5Rt", K),
    case("camel", "words of camel case, numbers dropped", 'dbPassword2 = "Tr0ub4' + 'dor"', P),
    case("subscript", "a bracket behind the key", "config['password'] = 'Tr0ub4" + "dor'", P),
    case("secret-short", "three kinds in quotes", 'client_secret = "aB3$' + 'xY9!"', S),
    case("own-name", "a value that names a key is none", 'password = "currentPassword"', []),
    case("dotted", "an expression", "token = self.config.token2.value", []),
    case("long-value", "over 512 code points nothing is a value", "password=" + "aB3" * 200, []),
    case("crlf", "a value ends with its line", "password=Tr0ub4" + "dor\r\nx", P),
    case(
        "context-line-before",
        "a name on the line before",
        "heroku:\n  value: 0a1b2c3e-4d5f-6a7b" + "-8c9d-0e1f2a3b4c5d",
        ["heroku_uuid_key"],
    ),
    case(
        "context-far",
        "80 bytes are the most",
        "heroku " + "x " * 50 + ": 0a1b2c3e-4d5f-6a7b" + "-8c9d-0e1f2a3b4c5d",
        [],
    ),
    case(
        "context-two-lines",
        "two lines before is too far",
        "heroku:\nx\n value: 0a1b2c3e-4d5f-6a7b" + "-8c9d-0e1f2a3b4c5d",
        [],
    ),
    case("grafana-wrong", "another checksum", "glsa_" + "Kd7Zs3Lq9Wv2Bn5RtKd7Zs3Lq9Wv2Bn5_0a1b2c3d", ["grafana_token"]),
]
CASES = GOLDEN + MEANING
