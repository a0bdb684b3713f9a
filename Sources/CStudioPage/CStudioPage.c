#include "CStudioPage.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "page/index.html"
};
static const unsigned char studio_css[] = {
#embed "page/studio.css"
};
static const unsigned char studio_js[] = {
#embed "page/studio.js"
};
static const unsigned char editor_js[] = {
#embed "page/editor.js"
};
static const unsigned char model_js[] = {
#embed "page/model.js"
};
static const unsigned char player_js[] = {
#embed "page/player.js"
};
static const unsigned char problems_js[] = {
#embed "page/problems.js"
};
static const unsigned char sheet_js[] = {
#embed "page/sheet.js"
};
static const unsigned char sitting_js[] = {
#embed "page/sitting.js"
};
static const unsigned char tools_js[] = {
#embed "page/tools.js"
};
static const unsigned char training_log[] = {
#embed "../../Corpus/training-log.jsonl"
};

#define HTML "text/html; charset=utf-8"
#define CSS "text/css; charset=utf-8"
#define SCRIPT "text/javascript; charset=utf-8"

static const cstudiopage_file files[] = {
    {"/", HTML, index_html, sizeof index_html},
    {"/studio.css", CSS, studio_css, sizeof studio_css},
    {"/studio.js", SCRIPT, studio_js, sizeof studio_js},
    {"/editor.js", SCRIPT, editor_js, sizeof editor_js},
    {"/model.js", SCRIPT, model_js, sizeof model_js},
    {"/player.js", SCRIPT, player_js, sizeof player_js},
    {"/problems.js", SCRIPT, problems_js, sizeof problems_js},
    {"/sheet.js", SCRIPT, sheet_js, sizeof sheet_js},
    {"/sitting.js", SCRIPT, sitting_js, sizeof sitting_js},
    {"/tools.js", SCRIPT, tools_js, sizeof tools_js},
    {NULL, NULL, NULL, 0},
};

const cstudiopage_file *cstudiopage_files(void) {
  return files;
}

cstudiopage_file cstudiopage_training_log(void) {
  return (cstudiopage_file){"training-log.jsonl", "application/jsonl", training_log, sizeof training_log};
}
